package dev.finetune4j.deployment;

/**
 * What a sweep did about one lease.
 *
 * @param lease the lease as the sweep found it
 * @param outcome what came of it
 * @param detail one sentence for a person: what was done, or what went wrong
 */
public record SweepResult(Lease lease, Outcome outcome, String detail) {

  /** What can come of a lease that is over. */
  public enum Outcome {
    /** The deployment is gone and the lease struck out. */
    GONE,
    /** The provider is taking the deployment away; the lease stays until it is gone. */
    DELETING,
    /** The deployment was intended and never made; the lease is struck out. */
    NEVER_CREATED,
    /** The deployment was intended and cannot be seen, but may yet appear; the lease stays. */
    NOT_SEEN_YET,
    /** A call failed; the lease stays, and the next sweep tries again. */
    FAILED,
    /** The sweeper has nothing to do with that provider; the lease stays. */
    NOT_MINE
  }

  /** Returns whether the lease is struck out and nothing is left to do. */
  public boolean isSettled() {
    return outcome == Outcome.GONE || outcome == Outcome.NEVER_CREATED;
  }
}
