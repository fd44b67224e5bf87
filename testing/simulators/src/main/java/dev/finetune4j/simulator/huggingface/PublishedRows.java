package dev.finetune4j.simulator.huggingface;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a data set as the server of data sets shows them.
 *
 * @param commit of the repository that they are of
 * @param readyAt from when on they are shown
 */
record PublishedRows(
    String dataset,
    String configuration,
    String split,
    List<Map<String, @Nullable Object>> rows,
    String commit,
    Instant readyAt) {

  /** Returns what its splits are told apart by. */
  String key() {
    return dataset + "/" + configuration + "/" + split;
  }
}
