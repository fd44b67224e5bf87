package dev.finetune4j.workflow.journal;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.LeaseRegistry;
import java.util.List;
import java.util.Optional;

/**
 * Stores what runs are about to do and what they have done, so that a run can be resumed after a
 * crash without paying twice. Any process may read and request a cancellation at any time, without
 * a claim; only the holder of a run's {@link RunClaim} writes. Thread-safe.
 *
 * <p>Every method throws a {@link JournalException} if the journal cannot be read or written.
 */
public interface WorkflowJournal extends AutoCloseable {

  /** Returns all runs that were ever claimed, in the order of their ids. */
  List<RunId> runs();

  /**
   * Returns the entries of a run in order; none if it was never started. While another process
   * writes, returns the entries that are completely written.
   */
  List<JournalEntry> read(RunId run);

  /** Returns a stored text; empty if it does not exist. */
  Optional<String> load(RunId run, String name);

  /** Returns the last progress that the run noted; empty if it has noted none. */
  Optional<String> progress(RunId run);

  /** Returns the holder of the claim on a run; empty if it is not claimed. */
  Optional<RunOwner> owner(RunId run);

  /**
   * Claims a run, which allows writing it. The claim ends when it is closed, and at the latest when
   * the process ends or is considered dead.
   *
   * @throws JournalException if the run is already claimed; the message names the owner
   */
  RunClaim claim(RunId run);

  /**
   * Requests the cancellation of a run. The process that runs it sees the request before its next
   * step and during waits and evaluations. A request cannot be withdrawn, and repeating it has no
   * effect. When this returns, the request survives a crash.
   */
  void requestCancel(RunId run);

  /**
   * Returns whether the cancellation was requested. Called often: before each request of an
   * evaluation and at each poll of a job or deployment.
   */
  boolean isCancelRequested(RunId run);

  /**
   * Returns the registry for the deployments of the runs, which lasts as long as the journal and is
   * seen by every process that uses it. Needs no claim, and stays usable after {@link #close}.
   *
   * @param time the clock by which leases expire
   */
  LeaseRegistry leases(Time time);

  /** Closes the journal and every claim taken through this object. */
  @Override
  void close();
}
