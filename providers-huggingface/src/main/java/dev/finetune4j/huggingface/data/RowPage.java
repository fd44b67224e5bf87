package dev.finetune4j.huggingface.data;

import dev.finetune4j.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some rows in a piece.
 *
 * @param rows in order
 * @param total how many rows the split has in all
 * @param isPartial whether the Hub has looked at the first 5 GB of the split only
 * @param commit of the data set that the rows are of; empty if the server does not say
 */
record RowPage(List<Row> rows, long total, boolean isPartial, Optional<String> commit) {

  /**
   * One row.
   *
   * @param index from 0
   * @param truncated the columns whose values were cut short
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
