package dev.finetune4j.evaluation;

import dev.finetune4j.inference.RateStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking once: a sample, a refusal as one too many, or nothing because the thread was
 * interrupted.
 *
 * @param sample the sample; null if there is none yet
 * @param rates what the service said of its limits
 * @param retryAfter how long to wait after a refusal; null if there was none
 * @param refusal why it was refused; empty if it was not
 */
record Attempt(
    @Nullable SampleResult sample,
    RateStatus rates,
    @Nullable Duration retryAfter,
    String refusal) {

  static Attempt done(SampleResult sample, RateStatus rates) {
    return new Attempt(sample, rates, null, "");
  }

  static Attempt refused(Duration retryAfter, String refusal) {
    return new Attempt(null, RateStatus.UNKNOWN.withRefusals(1), retryAfter, refusal);
  }

  static Attempt interrupted() {
    return new Attempt(null, RateStatus.UNKNOWN, null, "");
  }
}
