package dev.finetune4j.local.internal.decoder;

import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * Several sequences that grow together by one token a call, though each began at another time and
 * is of another length.
 *
 * <p>Sequences take the places from 0 on without a gap; where one leaves, the last moves to its
 * place. For one thread.
 */
public final class DecodingBatch implements AutoCloseable {
  private static final int FIRST_CAPACITY = 256;

  private final DecoderConfiguration configuration;
  private final KeyValueCache cache;
  private final long[] lengths;
  private int active;

  /** Makes room for {@code slots} sequences. */
  public DecodingBatch(DecoderConfiguration configuration, int slots) {
    this.configuration = configuration;
    int capacity = Math.min(FIRST_CAPACITY, configuration.rotary().maximumPositions());
    this.cache = new KeyValueCache(configuration, slots, capacity);
    this.lengths = new long[slots];
  }

  /** How many sequences there are. */
  public int active() {
    return active;
  }

  /** Whether one more fits. */
  public boolean hasRoom() {
    return active < lengths.length;
  }

  /** Adds a sequence at the next place; returns the scores of its next token. */
  public float[] add(Decoder decoder, int[] tokens) {
    cache.require(tokens.length);
    int slot = active++;
    lengths[slot] = tokens.length;
    return Scope.withoutGradients(
        () -> {
          long[] ids = Arrays.stream(tokens).asLongStream().toArray();
          Attention attention = new FirstPass(decoder.rotary().first(ids.length), slot);
          Tensor hidden = decoder.hidden(Tensors.ofLongs(ids, 1, ids.length), attention);
          return Tensors.floats(decoder.logits(hidden.narrow(1, ids.length - 1L, 1)));
        });
  }

  /**
   * Adds one token to every sequence; returns the scores of the tokens after it, by place.
   *
   * @param tokens one for each active sequence
   */
  public float[][] advance(Decoder decoder, int[] tokens) {
    long[] positions = Arrays.copyOf(lengths, active);
    for (int slot = 0; slot < active; slot++) {
      lengths[slot]++;
    }
    int longest = (int) Arrays.stream(lengths, 0, active).max().orElse(0);
    cache.require(longest);
    return Scope.withoutGradients(
        () -> {
          Attention attention = new NextPass(decoder, positions, longest);
          long[] ids = Arrays.stream(tokens).asLongStream().toArray();
          Tensor hidden = decoder.hidden(Tensors.ofLongs(ids, active, 1), attention);
          return rows(Tensors.floats(decoder.logits(hidden)));
        });
  }

  /** Ends the sequence at a place; the last one moves there. */
  public void remove(int slot) {
    int last = --active;
    if (slot != last) {
      Scope.withoutGradients(
          () -> {
            cache.move(last, slot);
            return true;
          });
      lengths[slot] = lengths[last];
    }
  }

  private float[][] rows(float[] flat) {
    int width = configuration.dimensions().vocabulary();
    float[][] rows = new float[active][];
    for (int slot = 0; slot < active; slot++) {
      rows[slot] = Arrays.copyOfRange(flat, slot * width, (slot + 1) * width);
    }
    return rows;
  }

  @Override
  public void close() {
    cache.close();
  }

  /** The pass over a prompt: causal, and everything is stored. */
  private final class FirstPass implements Attention {
    private final RotaryTable.Rows rotary;
    private final int slot;

    FirstPass(RotaryTable.Rows rotary, int slot) {
      this.rotary = rotary;
      this.slot = slot;
    }

    @Override
    public RotaryTable.Rows rotary() {
      return rotary;
    }

    @Override
    public Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values) {
      cache.writeFirst(layer, slot, keys, values);
      return Attention.attend(queries, keys, values, null);
    }
  }

  /** The pass over one new position of each sequence, which sees all stored ones of its own. */
  private final class NextPass implements Attention {
    private final RotaryTable.Rows rotary;
    private final Tensor rows;
    private final Tensor mask;
    private final int longest;

    NextPass(Decoder decoder, long[] positions, int longest) {
      this.rotary = decoder.rotary().at(Tensors.ofLongs(positions, positions.length));
      this.rows = cache.rows(positions);
      this.longest = longest;
      float[] hidden = new float[positions.length * longest];
      for (int slot = 0; slot < positions.length; slot++) {
        Arrays.fill(
            hidden,
            slot * longest + (int) positions[slot] + 1,
            (slot + 1) * longest,
            Float.NEGATIVE_INFINITY);
      }
      this.mask = Tensors.ofFloats(hidden, positions.length, 1, 1, longest);
    }

    @Override
    public RotaryTable.Rows rotary() {
      return rotary;
    }

    @Override
    public Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values) {
      cache.writeNext(layer, rows, keys, values);
      return Attention.attend(
          queries, cache.keys(layer, active, longest), cache.values(layer, active, longest), mask);
    }
  }
}
