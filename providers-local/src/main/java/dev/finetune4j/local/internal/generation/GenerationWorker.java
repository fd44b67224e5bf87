package dev.finetune4j.local.internal.generation;

import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.Decoder;
import dev.finetune4j.local.internal.decoder.DecodingBatch;
import dev.finetune4j.local.internal.generation.GenerationResult.Finish;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Computes several answers at once in one thread: a request joins the current batch as soon as
 * there is room, if it is for the same adapter.
 */
final class GenerationWorker implements Runnable {
  private final BaseModel base;
  private final RequestQueue queue;
  private final Function<PendingAnswer, Decoder> decoders;
  private final int slots;
  private final Set<Integer> endTokens;

  GenerationWorker(
      BaseModel base, RequestQueue queue, Function<PendingAnswer, Decoder> decoders, int slots) {
    this.base = base;
    this.queue = queue;
    this.decoders = decoders;
    this.slots = slots;
    this.endTokens = base.template().endTokens();
  }

  /** An answer in progress; its index in the list is its slot in the batch. */
  private static final class Active {
    private final PendingAnswer pending;
    private final Sampler sampler;
    private final AnswerText text;
    private int next;

    Active(PendingAnswer pending, BaseModel base) {
      this.pending = pending;
      this.sampler = new Sampler(pending.request());
      this.text = new AnswerText(base.tokenizer(), pending.request().stop(), pending.isStreamed());
    }
  }

  @Override
  public void run() {
    Tensors.singleThreadedKernels();
    try (DecodingBatch batch = new DecodingBatch(base.configuration(), slots)) {
      PendingAnswer first;
      while ((first = queue.take()) != null) {
        answerAll(first, batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answerAll(PendingAnswer first, DecodingBatch batch) {
    List<Active> active = new ArrayList<>();
    try {
      Decoder decoder = decoders.apply(first);
      admit(first, decoder, batch, active);
      while (!active.isEmpty()) {
        PendingAnswer joining = batch.hasRoom() ? queue.takeFor(first.request().adapter()) : null;
        if (joining != null) {
          admit(joining, decoder, batch, active);
        } else {
          advance(decoder, batch, active);
        }
      }
    } catch (RuntimeException e) {
      first.fail(e);
      active.forEach(one -> one.pending.fail(e));
      while (batch.active() > 0) {
        batch.remove(batch.active() - 1);
      }
    }
  }

  private void admit(
      PendingAnswer pending, Decoder decoder, DecodingBatch batch, List<Active> active) {
    Active one = new Active(pending, base);
    active.add(one);
    float[] scores = batch.add(decoder, pending.prompt());
    if (isEndedBy(one, scores)) {
      leave(active.size() - 1, batch, active);
    }
  }

  private void advance(Decoder decoder, DecodingBatch batch, List<Active> active) {
    int[] tokens = active.stream().mapToInt(one -> one.next).toArray();
    float[][] scores = batch.advance(decoder, tokens);
    for (int slot = active.size() - 1; slot >= 0; slot--) {
      if (isEndedBy(active.get(slot), scores[slot])) {
        leave(slot, batch, active);
      }
    }
  }

  private static void leave(int slot, DecodingBatch batch, List<Active> active) {
    batch.remove(slot);
    Active last = active.remove(active.size() - 1);
    if (slot < active.size()) {
      active.set(slot, last);
    }
  }

  private boolean isEndedBy(Active one, float[] scores) {
    one.next = one.sampler.choose(scores);
    Finish finish = finish(one);
    if (finish == null) {
      if (one.pending.isStreamed()) {
        one.pending.show(one.text.fresh());
      }
      return one.pending.isAbandoned();
    }
    one.pending.finish(one.text, finish);
    return true;
  }

  private @Nullable Finish finish(Active one) {
    if (endTokens.contains(one.next)) {
      return Finish.STOP;
    }
    one.text.add(one.next);
    if (one.text.isStopped()) {
      return Finish.STOP;
    }
    return one.text.count() >= one.pending.maximumTokens() ? Finish.LENGTH : null;
  }
}
