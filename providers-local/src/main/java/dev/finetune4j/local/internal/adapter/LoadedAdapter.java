package dev.finetune4j.local.internal.adapter;

import dev.finetune4j.local.internal.decoder.LowRankUpdate;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.util.Map;

/**
 * An adapter's updates by the full name of their layer. May be read by several threads; holds
 * native memory until closed.
 */
public final class LoadedAdapter implements AutoCloseable {
  private final Map<String, LowRankUpdate> updates;

  LoadedAdapter(Map<String, LowRankUpdate> updates) {
    this.updates = Map.copyOf(updates);
  }

  /** The updates by the full name of their layer. */
  public Map<String, LowRankUpdate> updates() {
    return updates;
  }

  @Override
  public void close() {
    for (LowRankUpdate update : updates.values()) {
      Tensors.free(update.down());
      Tensors.free(update.up());
    }
  }
}
