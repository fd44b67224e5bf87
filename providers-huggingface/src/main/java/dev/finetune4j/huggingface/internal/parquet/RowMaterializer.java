package dev.finetune4j.huggingface.internal.parquet;

import java.util.Map;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Returns each row as a map. Not thread-safe. */
final class RowMaterializer extends RecordMaterializer<Map<String, @Nullable Object>> {
  private final StructConverter row;

  RowMaterializer(MessageType columns) {
    row = new StructConverter(columns, any -> {});
  }

  @Override
  public Map<String, @Nullable Object> getCurrentRecord() {
    return row.value();
  }

  @Override
  public GroupConverter getRootConverter() {
    return row;
  }
}
