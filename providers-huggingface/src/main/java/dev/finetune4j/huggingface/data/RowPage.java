package dev.finetune4j.huggingface.data;

import dev.finetune4j.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of rows.
 *
 * @param rows in order
 * @param total the number of rows in the split
 * @param isPartial whether the Hub serves only the first 5 GB of the split
 * @param commit the commit of the rows; empty if the server does not report it
 */
record RowPage(List<Row> rows, long total, boolean isPartial, Optional<String> commit) {

  /**
   * A row.
   *
   * @param index from 0
   * @param truncated the columns with truncated values
   */
  record Row(long index, Map<String, @Nullable Object> values, Set<String> truncated) {}

  static RowPage of(JsonObject json, Optional<String> commit) {
    ClassLabels labels = ClassLabels.ofRows(json);
    return new RowPage(
        json.objects("rows").stream().map(row -> row(row, labels)).toList(),
        json.requireLong("num_rows_total"),
        json.findBoolean("partial").orElse(false),
        commit);
  }

  private static Row row(JsonObject json, ClassLabels labels) {
    Set<String> truncated = new LinkedHashSet<>();
    json.list("truncated_cells").forEach(name -> truncated.add(String.valueOf(name)));
    return new Row(
        json.requireLong("row_idx"), labels.named(json.requireObject("row").asMap()), truncated);
  }
}
