package dev.finetune4j.deployment;

/**
 * What a sweep did with one expired lease.
 *
 * @param lease the lease before the sweep
 * @param outcome the outcome
 * @param detail one sentence for people: what was done, or what went wrong
 */
public record SweepResult(Lease lease, Outcome outcome, String detail) {

  /** The outcomes for an expired lease. */
  public enum Outcome {
    /** The deployment no longer exists; the lease was removed. */
    GONE,
    /** The provider is deleting the deployment; the lease stays until that is done. */
    DELETING,
    /** The deployment was reserved and never created; the lease was removed. */
    NEVER_CREATED,
    /** The deployment was reserved a short time ago and may still appear; the lease stays. */
    NOT_SEEN_YET,
    /** A request failed; the lease stays, and the next sweep tries again. */
    FAILED,
    /** The sweeper has no operations for the lease's provider; the lease stays. */
    NOT_MINE
  }

  /** Returns whether the lease was removed and nothing is left to do. */
  public boolean isSettled() {
    return outcome == Outcome.GONE || outcome == Outcome.NEVER_CREATED;
  }
}
