package dev.finetune4j.evaluation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the samples of one alternative are kept while they come. Thread-safe. */
interface SampleKeeper extends AutoCloseable {

  /** Returns a keeper that keeps nothing. */
  static SampleKeeper none(Instant now) {
    return new SampleKeeper() {
      @Override
      public Instant startedAt() {
        return now;
      }

      @Override
      public Map<SampleKey, SampleResult> kept() {
        return Map.of();
      }

      @Override
      public Set<SampleKey> underWay() {
        return Set.of();
      }

      @Override
      public List<SentBatch> batches() {
        return List.of();
      }

      @Override
      public void asking(SampleKey key) {}

      @Override
      public void finished(SampleResult sample) {}

      @Override
      public void sent(SentBatch batch) {}

      @Override
      public void close() {}
    };
  }

  /** Returns when the first run began. */
  Instant startedAt();

  /** Returns the samples that runs before this one finished. */
  Map<SampleKey, SampleResult> kept();

  /** Returns the samples that were asked when a run before this one died. */
  Set<SampleKey> underWay();

  /** Returns the batches that runs before this one sent. */
  List<SentBatch> batches();

  /** Says that a sample is asked now: enough to know after the death of the process. */
  void asking(SampleKey key);

  /** Keeps a sample: when this returns, it survives the death of the process. */
  void finished(SampleResult sample);

  /** Keeps what was sent: when this returns, it survives a crash of the machine. */
  void sent(SentBatch batch);

  @Override
  void close();
}
