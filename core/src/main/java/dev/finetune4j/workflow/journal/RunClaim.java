package dev.finetune4j.workflow.journal;

import dev.finetune4j.evaluation.SampleStorage;
import java.util.Optional;

/**
 * The right to write one run, held by one process at a time. A claim can be lost, for example if
 * the process did not renew it in time and another one took over: then every method that writes
 * throws a {@link JournalException} and writes nothing. A journal whose claims expire renews them
 * itself, on a thread of its own. Thread-safe.
 */
public interface RunClaim extends AutoCloseable {

  /** Returns the run that may be written. */
  RunId run();

  /**
   * Checks that the claim is still held. The workflow calls it before each request that costs
   * money, so that a process that was paused while another took the run over pays nothing twice. A
   * journal whose claims expire asks its store, at the price of one write.
   *
   * @throws JournalException if the claim was lost, or the journal cannot tell
   */
  void requireHeld();

  /**
   * Adds a line to the journal of the run. When this returns, the line survives a crash.
   *
   * @throws JournalException if it cannot be written, may not follow the line before it, or the
   *     claim was lost
   */
  void append(JournalEntry entry);

  /**
   * Keeps a text beside the journal of the run, in place of one of the same name. When this
   * returns, the text survives a crash.
   *
   * @param name letters, digits, hyphens and dots
   * @throws JournalException if it cannot be written, or the claim was lost
   */
  void store(String name, String text);

  /**
   * Notes how far the run is, in place of the note before. Need not survive a crash. Called every
   * few seconds at most.
   *
   * @throws JournalException if it cannot be written, or the claim was lost
   */
  void noteProgress(String text);

  /**
   * Returns where the samples of the run are kept while an evaluation goes on; empty if this
   * journal keeps none, and then an evaluation that a crash cuts off is asked anew. No I/O.
   */
  default Optional<SampleStorage> samples() {
    return Optional.empty();
  }

  /** Gives the claim back. Doing it twice is no error; never throws because the claim was lost. */
  @Override
  void close();
}
