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
 * The rows of one Parquet file, one after the other, as trees of maps, lists, texts, numbers and
 * truth values. Holds one group of rows at a time. Belongs to one thread.
 */
public final class ParquetRows implements AutoCloseable {
  // What the Python library "datasets" writes its own types under.
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
   * @throws IOException if it cannot be read, or is no Parquet file
   */
  public static ParquetRows open(Path file) throws IOException {
    try {
      ParquetReadOptions options =
          ParquetReadOptions.builder().withCodecFactory(new Decompression()).build();
      return new ParquetRows(ParquetFileReader.open(new LocalInputFile(file), options));
    } catch (RuntimeException notParquet) {
      throw new IOException("It is no Parquet file: " + notParquet.getMessage(), notParquet);
    }
  }

  /** Returns how many rows there are; it stands at the end of the file. */
  public long count() {
    return file.getRecordCount();
  }

  /** Returns the names of the columns. */
  public List<String> columns() {
    return columns.getFields().stream().map(Type::getName).toList();
  }

  /** Returns what the library "datasets" says of the columns, as JSON; empty if it does not. */
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
      throw new IOException("A page is broken: " + broken.getMessage(), broken);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
