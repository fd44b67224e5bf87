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
 * Parquet files as a data set, read on each use one row group at a time. Nested lists, structs and
 * maps become lists and maps, so a column of messages is a conversation. Immutable and thread-safe
 * as long as the files do not change.
 *
 * <pre>{@code
 * Dataset<ChatExample> chats =
 *     ParquetFiles.read(viewer.downloadParquet(split), RowMapping.messages("messages"));
 * }</pre>
 *
 * <p>Needs {@code blue.strategic.parquet:parquet-floor} on the class path, Parquet's own reader
 * without Hadoop, which is not a transitive dependency of this module (20 MB).
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
   * Returns a data set of the rows of these files. Reads nothing yet.
   *
   * @throws IllegalArgumentException if there is no file
   * @throws IllegalStateException if the Parquet library is not on the class path
   */
  public static <E extends Example> ParquetFiles<E> read(List<Path> files, RowMapping<E> mapping) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("At least one Parquet file is required.");
    }
    requireLibrary(ParquetFiles.class.getClassLoader());
    return new ParquetFiles<>(files, mapping);
  }

  /** Returns a data set of the rows of one file. Reads nothing yet. */
  public static <E extends Example> ParquetFiles<E> read(Path file, RowMapping<E> mapping) {
    return read(List.of(file), mapping);
  }

  static void requireLibrary(ClassLoader loader) {
    try {
      Class.forName(LIBRARY, false, loader);
    } catch (ClassNotFoundException absent) {
      throw new IllegalStateException(
          "Reading Parquet requires the artifact blue.strategic.parquet:parquet-floor on the class"
              + " path (1.62 is tested). Add it to the application's dependencies.",
          absent);
    }
  }

  /** Returns the name of the first file and the number of others. */
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
   * @throws DataFileException while reading, if a file cannot be read or is not a Parquet file
   * @throws dev.finetune4j.dataset.format.MalformedExampleException while reading, at the first row
   *     that is not a valid example; names the file and the row
   */
  @Override
  public Stream<E> examples() {
    return ParquetStream.of(files, mapping);
  }

  /** Reads only the footers of the files. */
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
