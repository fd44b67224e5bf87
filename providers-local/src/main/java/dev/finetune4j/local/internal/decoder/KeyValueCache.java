package dev.finetune4j.local.internal.decoder;

import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Keys and values of the sequences in a {@link DecodingBatch}; one row a slot and position. For one
 * thread.
 */
final class KeyValueCache implements AutoCloseable {
  private final AttentionShape shape;
  private final int slots;
  private int capacity;
  private List<Tensor> keys;
  private List<Tensor> values;

  KeyValueCache(DecoderConfiguration configuration, int slots, int capacity) {
    this.shape = configuration.attention();
    this.slots = slots;
    this.capacity = capacity;
    this.keys = allocate(configuration.dimensions().layers(), capacity);
    this.values = allocate(configuration.dimensions().layers(), capacity);
  }

  private List<Tensor> allocate(int layers, int positions) {
    List<Tensor> rows = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      rows.add(
          Scope.keep(
              () ->
                  Tensors.zeros(
                      (long) slots * positions, shape.keyValueHeads(), shape.headDimension())));
    }
    return rows;
  }

  /** Makes room for sequences of this length; what is stored moves. */
  void require(int positions) {
    if (positions <= capacity) {
      return;
    }
    int larger = Math.max(positions, 2 * capacity);
    keys = grown(keys, larger);
    values = grown(values, larger);
    capacity = larger;
  }

  private List<Tensor> grown(List<Tensor> old, int larger) {
    List<Tensor> grown = allocate(old.size(), larger);
    for (int i = 0; i < old.size(); i++) {
      Tensor from = old.get(i);
      Tensor to = grown.get(i);
      Scope.withoutGradients(
          () -> bySlot(to, larger).narrow(1, 0, capacity).copy_(bySlot(from, capacity)));
      Tensors.free(from);
    }
    return grown;
  }

  private Tensor bySlot(Tensor rows, int positions) {
    return rows.view(slots, positions, shape.keyValueHeads(), shape.headDimension());
  }

  /** Writes one sequence, given as (1, head, position, width), from position 0 on. */
  void writeFirst(int layer, int slot, Tensor newKeys, Tensor newValues) {
    long start = (long) slot * capacity;
    long count = newKeys.size(2);
    keys.get(layer).narrow(0, start, count).copy_(newKeys.select(0, 0).transpose(0, 1));
    values.get(layer).narrow(0, start, count).copy_(newValues.select(0, 0).transpose(0, 1));
  }

  /** Where the next position of each slot from 0 on is stored. */
  Tensor rows(long[] positions) {
    long[] rows = new long[positions.length];
    for (int slot = 0; slot < rows.length; slot++) {
      rows[slot] = (long) slot * capacity + positions[slot];
    }
    return Tensors.ofLongs(rows, rows.length);
  }

  /** Writes one position of each slot, given as (slot, head, 1, width). */
  void writeNext(int layer, Tensor rows, Tensor newKeys, Tensor newValues) {
    keys.get(layer).index_copy_(0, rows, newKeys.select(2, 0));
    values.get(layer).index_copy_(0, rows, newValues.select(2, 0));
  }

  /** Keys of the first slots and positions as (slot, head, position, width). */
  Tensor keys(int layer, int count, int positions) {
    return window(keys.get(layer), count, positions);
  }

  /** Values of the first slots and positions as (slot, head, position, width). */
  Tensor values(int layer, int count, int positions) {
    return window(values.get(layer), count, positions);
  }

  private Tensor window(Tensor rows, int count, int positions) {
    return bySlot(rows, capacity).narrow(0, 0, count).narrow(1, 0, positions).transpose(1, 2);
  }

  /** Copies a slot over another. */
  void move(int from, int to) {
    for (List<Tensor> rows : List.of(keys, values)) {
      for (Tensor layer : rows) {
        Tensor slotted = bySlot(layer, capacity);
        slotted.select(0, to).copy_(slotted.select(0, from));
      }
    }
  }

  @Override
  public void close() {
    keys.forEach(Tensors::free);
    values.forEach(Tensors::free);
  }
}
