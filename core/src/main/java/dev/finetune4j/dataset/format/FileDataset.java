package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.Fingerprint;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A set backed by a file that is read again at each use, in constant memory. Gzipped files are
 * decompressed on the fly. Immutable and thread-safe, as long as the file does not change.
 *
 * <p>Blank lines and a byte order mark are skipped; reading ends with a {@link
 * MalformedExampleException} at the first broken record. Validation reports all broken records.
 *
 * @param <E> the kind of example
 */
public final class FileDataset<E extends Example> implements Dataset<E> {
  private final Path file;
  private final FileKind kind;
  private final TableFormat table;
  private final ExampleCodec<E> codec;

  FileDataset(Path file, FileKind kind, ExampleCodec<E> codec) {
    this(file, kind, TableFormat.CSV, codec);
  }

  FileDataset(Path file, FileKind kind, TableFormat table, ExampleCodec<E> codec) {
    this.file = file;
    this.kind = kind;
    this.table = table;
    this.codec = codec;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns the file format. */
  public FileKind kind() {
    return kind;
  }

  /** Returns how the cells are written, if the file is a table. */
  public TableFormat table() {
    return table;
  }

  /** Returns the codec that converts its records to examples. */
  public ExampleCodec<E> codec() {
    return codec;
  }

  /** Returns the name of the file without its directory. */
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
