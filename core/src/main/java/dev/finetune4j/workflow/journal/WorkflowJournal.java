package dev.finetune4j.workflow.journal;

import java.util.List;
import java.util.Optional;

/**
 * Where runs write what they are about to do and what they did, so that a run that died is resumed
 * and nothing is paid for twice. Anybody may read, and ask for a cancellation, at any time and from
 * any process; only the holder of a run's {@link RunClaim} writes what the run does. Thread-safe.
 *
 * <p>Every method throws a {@link JournalException} if the journal cannot be read or written.
 */
public interface WorkflowJournal extends AutoCloseable {

  /** Returns every run that has been claimed at least once, in the order of their ids. */
  List<RunId> runs();

  /**
   * Returns the lines of a run in their order; none if the run was never started. Needs no claim;
   * while another process writes, the lines that it has finished writing.
   */
  List<JournalEntry> read(RunId run);

  /** Returns a text that was stored, empty if there is none of that name. Needs no claim. */
  Optional<String> load(RunId run, String name);

  /** Returns the progress that the run noted last, empty if there is none. Needs no claim. */
  Optional<String> progress(RunId run);

  /** Returns who holds the claim on a run, empty if nobody does. Needs no claim. */
  Optional<RunOwner> owner(RunId run);

  /**
   * Takes the right to write a run. It ends when the claim is closed, and at the latest when the
   * process ends or is taken for dead.
   *
   * @throws JournalException if somebody else holds the claim; the message says who
   */
  RunClaim claim(RunId run);

  /**
   * Asks that a run be cancelled. The process that runs it sees the request before its next step
   * and within the steps that wait. Needs no claim. Asking twice is no error; a request is never
   * withdrawn. When this returns, the request survives a crash.
   */
  void requestCancel(RunId run);

  /**
   * Returns whether somebody asked that the run be cancelled. Needs no claim. Called often: before
   * each question of an evaluation and at each look at a job.
   */
  boolean isCancelRequested(RunId run);

  /** Ends the use of the journal, and every claim taken through this object. */
  @Override
  void close();
}
