package dev.finetune4j.dataset;

import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A set that stands in a file and is read anew at each use, in constant memory at any size. Gzipped
 * files are unpacked on the way. Immutable and thread-safe, as long as nobody changes the file.
 *
 * <p>Blank lines and a byte order mark are passed over; the first broken record ends the reading
 * with a {@link MalformedExampleException}. Validation looks at the file itself and reports all.
 *
 * @param <E> the kind of example
 */
public final class FileDataset<E extends Example> implements Dataset<E> {
  private final Path file;
  private final FileKind kind;
  private final ExampleCodec<E> codec;

  FileDataset(Path file, FileKind kind, ExampleCodec<E> codec) {
    this.file = file;
    this.kind = kind;
    this.codec = codec;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns how records stand in it. */
  public FileKind kind() {
    return kind;
  }

  /** Returns what turns a record into an example. */
  public ExampleCodec<E> codec() {
    return codec;
  }

  /** Returns the name of the file without its folder. */
  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public Class<E> exampleType() {
    return codec.exampleType();
  }

  /**
   * {@inheritDoc}
   *
   * @throws DataFileException while reading, if the file cannot be read
   * @throws MalformedExampleException while reading, at the first broken record
   */
  @Override
  public Stream<E> examples() {
    return RecordStream.open(this);
  }

  /** Reads the whole file once. */
  @Override
  public long size() {
    try (Stream<E> examples = examples()) {
      return examples.count();
    }
  }

  /** Reads the whole file once. */
  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.of(this);
  }

  @Override
  public String toString() {
    return "Dataset(" + file + ", " + codec.name() + ")";
  }
}
