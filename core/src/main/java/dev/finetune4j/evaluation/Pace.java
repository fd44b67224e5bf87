package dev.finetune4j.evaluation;

import dev.finetune4j.inference.RateStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * When the next question may be asked, by the requests and the tokens of a minute: what the user
 * set, and what the service says with its answers. Used by one thread.
 */
final class Pace {
  private final RateBucket requests;
  private final RateBucket tokens;
  private Instant closedUntil;
  private long requestsUnderWay;
  private long tokensUnderWay;

  Pace(OptionalLong requestsPerMinute, OptionalLong tokensPerMinute, Instant now) {
    requests = new RateBucket(limit(requestsPerMinute), now);
    tokens = new RateBucket(limit(tokensPerMinute), now);
    closedUntil = now;
  }

  private static double limit(OptionalLong perMinute) {
    return perMinute.isPresent() ? (double) perMinute.getAsLong() : Double.POSITIVE_INFINITY;
  }

  /** Returns how long to wait before a question of so many tokens may be asked. */
  Duration pause(long size, Instant now) {
    Duration longest = Duration.between(now, closedUntil);
    longest = longer(longest, requests.pause(1, now));
    longest = longer(longest, tokens.pause(size, now));
    return longer(longest, Duration.ZERO);
  }

  /** Enters a question that is asked now. */
  void asked(long size, Instant now) {
    requests.take(1, now);
    tokens.take(size, now);
    requestsUnderWay++;
    tokensUnderWay += size;
  }

  /** Enters the end of a question, with what the service said. */
  void ended(long size, RateStatus said, Instant now) {
    requestsUnderWay--;
    tokensUnderWay -= size;
    said.requests().ifPresent(left -> requests.learn(left, requestsUnderWay, now));
    said.tokens().ifPresent(left -> tokens.learn(left, tokensUnderWay, now));
    if (said.refusals() > 0) {
      requests.refused(now);
      tokens.refused(now);
    }
  }

  /** Closes the gate for as long as the service asked to wait. */
  void closeFor(Duration wait, Instant now) {
    Instant end = now.plus(wait);
    closedUntil = end.isAfter(closedUntil) ? end : closedUntil;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
