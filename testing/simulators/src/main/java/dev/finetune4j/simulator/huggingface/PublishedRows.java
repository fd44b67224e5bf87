package dev.finetune4j.simulator.huggingface;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a data set as the data set viewer returns them.
 *
 * @param commit the commit of the repository from which they come
 * @param readyAt the time from which they are visible
 */
record PublishedRows(
    String dataset,
    String configuration,
    String split,
    List<Map<String, @Nullable Object>> rows,
    String commit,
    Instant readyAt) {

  /** Returns the key that distinguishes its splits. */
  String key() {
    return dataset + "/" + configuration + "/" + split;
  }
}
