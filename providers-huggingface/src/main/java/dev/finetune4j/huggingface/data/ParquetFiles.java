package dev.finetune4j.huggingface.data;

import dev.finetune4j.Experimental;
import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.huggingface.internal.parquet.ParquetRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parquet files as a data set: one after the other, read anew at each use, a group of rows at a
 * time. Lists, structs and maps in any depth become lists and maps, so that a column of messages is
 * a conversation. Immutable and thread-safe, as long as nobody changes the files.
 *
 * <pre>{@code
 * Dataset<ChatExample> chats =
 *     ParquetFiles.read(viewer.downloadParquet(split), RowMapping.messages("messages"));
 * }</pre>
 *
 * <p>Needs {@code blue.strategic.parquet:parquet-floor} on the class path, Parquet's own reader
 * without Hadoop, which this module does not bring with it (20 MB).
 *
 * @param <E> the kind of example
 */
@Experimental
public final class ParquetFiles<E extends Example> implements Dataset<E> {
  private static final String LIBRARY = "org.apache.parquet.hadoop.ParquetFileReader";

  private final List<Path> files;
  private final RowMapping<E> mapping;

  private ParquetFiles(List<Path> files, RowMapping<E> mapping) {
    this.files = List.copyOf(files);
    this.mapping = mapping;
  }

  /**
   * Returns the set that the rows of the files make. Reads nothing yet.
   *
   * @throws IllegalArgumentException if there is no file
   * @throws IllegalStateException if the library that reads Parquet is not on the class path
   */
  public static <E extends Example> ParquetFiles<E> read(List<Path> files, RowMapping<E> mapping) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("A data set of Parquet files needs a file at least.");
    }
    requireLibrary(ParquetFiles.class.getClassLoader());
    return new ParquetFiles<>(files, mapping);
  }

  /** Returns the set that the rows of one file make. Reads nothing yet. */
  public static <E extends Example> ParquetFiles<E> read(Path file, RowMapping<E> mapping) {
    return read(List.of(file), mapping);
  }

  static void requireLibrary(ClassLoader loader) {
    try {
      Class.forName(LIBRARY, false, loader);
    } catch (ClassNotFoundException absent) {
      throw new IllegalStateException(
          "Reading Parquet needs the artifact blue.strategic.parquet:parquet-floor on the class"
              + " path (1.62 is tested). Add it to the application's dependencies.",
          absent);
    }
  }

  /** Returns the name of the first file, and how many more there are. */
  @Override
  public String name() {
    String first = String.valueOf(files.get(0).getFileName());
    return files.size() == 1 ? first : first + " and " + (files.size() - 1) + " more";
  }

  @Override
  public Class<E> exampleType() {
    return mapping.exampleType();
  }

  /**
   * {@inheritDoc}
   *
   * @throws DataFileException while reading, if a file cannot be read or is no Parquet file
   * @throws dev.finetune4j.dataset.MalformedExampleException while reading, at the first row that
   *     is no example; names the file and the row
   */
  @Override
  public Stream<E> examples() {
    return ParquetStream.of(files, mapping);
  }

  /** Reads the ends of the files only. */
  @Override
  public long size() {
    return files.stream().mapToLong(ParquetFiles::count).sum();
  }

  private static long count(Path file) {
    try (ParquetRows rows = ParquetRows.open(file)) {
      return rows.count();
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
  }

  /** Reads the files once. */
  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.of(this);
  }

  @Override
  public String toString() {
    return "Dataset(" + files + ")";
  }
}
