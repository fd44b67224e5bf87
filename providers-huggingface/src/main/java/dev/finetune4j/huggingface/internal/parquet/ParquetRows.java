package dev.finetune4j.huggingface.internal.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one Parquet file as trees of maps, lists, strings, numbers and booleans. Holds
 * one row group at a time. Not thread-safe.
 */
public final class ParquetRows implements AutoCloseable {
  // The key under which the Python library "datasets" writes its types.
  private static final String FEATURES = "huggingface";

  private final ParquetFileReader file;
  private final MessageType columns;
  private @Nullable RecordReader<Map<String, @Nullable Object>> group;
  private long left;

  private ParquetRows(ParquetFileReader file) {
    this.file = file;
    columns = file.getFileMetaData().getSchema();
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read or is not a Parquet file
   */
  public static ParquetRows open(Path file) throws IOException {
    try {
      ParquetReadOptions options =
          ParquetReadOptions.builder().withCodecFactory(new Decompression()).build();
      return new ParquetRows(ParquetFileReader.open(new LocalInputFile(file), options));
    } catch (RuntimeException notParquet) {
      throw new IOException("Not a Parquet file: " + notParquet.getMessage(), notParquet);
    }
  }

  /** Returns the number of rows, from the footer. */
  public long count() {
    return file.getRecordCount();
  }

  /** Returns the names of the columns. */
  public List<String> columns() {
    return columns.getFields().stream().map(Type::getName).toList();
  }

  /** Returns the column description of the library "datasets" as JSON, or empty. */
  public Optional<String> features() {
    return Optional.ofNullable(file.getFileMetaData().getKeyValueMetaData().get(FEATURES));
  }

  /** Returns the next row; null after the last. */
  public @Nullable Map<String, @Nullable Object> next() throws IOException {
    try {
      while (left == 0) {
        PageReadStore pages = file.readNextRowGroup();
        if (pages == null) {
          return null;
        }
        MessageColumnIO reading = new ColumnIOFactory().getColumnIO(columns);
        group = reading.getRecordReader(pages, new RowMaterializer(columns));
        left = pages.getRowCount();
      }
      left--;
      return group == null ? null : group.read();
    } catch (RuntimeException broken) {
      throw new IOException("Corrupt page: " + broken.getMessage(), broken);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
