package dev.finetune4j.workflow.journal;

import dev.finetune4j.evaluation.SampleStorage;
import java.util.Optional;

/**
 * The right to write a run, held by one process at a time. A claim can be lost, for example if the
 * process did not renew it in time and another one took the run over; then every method that writes
 * throws a {@link JournalException} and writes nothing. A journal whose claims expire renews them
 * on its own thread. Thread-safe.
 */
public interface RunClaim extends AutoCloseable {

  /** Returns the claimed run. */
  RunId run();

  /**
   * Checks that the claim is still held. The workflow calls this before each request that costs
   * money, so that a process that was paused while another took over pays nothing twice. A journal
   * whose claims expire asks its store, which costs one write.
   *
   * @throws JournalException if the claim was lost, or the journal cannot tell
   */
  void requireHeld();

  /**
   * Appends an entry. When this returns, the entry survives a crash.
   *
   * @throws JournalException if it cannot be written or must not follow the last entry, or the
   *     claim was lost
   */
  void append(JournalEntry entry);

  /**
   * Stores a text beside the entries, replacing a text of the same name. When this returns, the
   * text survives a crash.
   *
   * @param name letters, digits, hyphens and dots
   * @throws JournalException if it cannot be written, or the claim was lost
   */
  void store(String name, String text);

  /**
   * Replaces the noted progress. It need not survive a crash. Called about once per second at most.
   *
   * @throws JournalException if it cannot be written, or the claim was lost
   */
  void noteProgress(String text);

  /**
   * Returns the storage for the samples of evaluations; empty if this journal has none. Without it,
   * an evaluation starts over after a crash. No I/O.
   */
  default Optional<SampleStorage> samples() {
    return Optional.empty();
  }

  /** Ends the claim. Does nothing if it was closed or lost. */
  @Override
  void close();
}
