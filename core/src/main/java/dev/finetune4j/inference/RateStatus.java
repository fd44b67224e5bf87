package dev.finetune4j.inference;

import java.util.Optional;

/**
 * The rate limits that a service reported with an answer, for callers that must stay below them.
 * Immutable and thread-safe.
 *
 * @param requests what is left of the requests of a minute, empty if it was not said
 * @param tokens what is left of the tokens of a minute, empty if it was not said
 * @param refusals how often the request was rate-limited (429) before it was answered
 */
public record RateStatus(
    Optional<RateAllowance> requests, Optional<RateAllowance> tokens, int refusals) {

  /** Nothing said, nothing refused. */
  public static final RateStatus UNKNOWN = new RateStatus(Optional.empty(), Optional.empty(), 0);

  /** Returns this status with what is left of the requests. */
  public RateStatus withRequests(RateAllowance allowance) {
    return new RateStatus(Optional.of(allowance), tokens, refusals);
  }

  /** Returns this status with what is left of the tokens. */
  public RateStatus withTokens(RateAllowance allowance) {
    return new RateStatus(requests, Optional.of(allowance), refusals);
  }

  /** Returns this status after so many refusals. */
  public RateStatus withRefusals(int count) {
    return new RateStatus(requests, tokens, count);
  }
}
