package dev.finetune4j.workflow;

import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.job.FineTuningJob;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a job has cost so far, where the price and what it is counted by are known. */
final class TrainingCost {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MILLISECONDS_PER_HOUR = BigDecimal.valueOf(3_600_000);

  private TrainingCost() {}

  static Optional<Money> of(RunState run, FineTuningJob job) {
    return run.workflow()
        .prices()
        .trainingPrice(run.baseModel())
        .flatMap(price -> of(price, job, run.workflow().time().now()));
  }

  private static Optional<Money> of(TrainingPrice price, FineTuningJob job, Instant now) {
    if (price instanceof TrainingPrice.PerMillionTokens perToken) {
      return job.trainedTokens().isEmpty()
          ? Optional.empty()
          : Optional.of(
              perToken
                  .price()
                  .times(BigDecimal.valueOf(job.trainedTokens().getAsLong()).divide(MILLION)));
    } else if (price instanceof TrainingPrice.PerHour perHour) {
      if (job.createdAt().equals(Instant.EPOCH)) {
        return Optional.empty();
      }
      Duration taken = Duration.between(job.createdAt(), job.finishedAt().orElse(now));
      BigDecimal hours =
          BigDecimal.valueOf(Math.max(0, taken.toMillis()))
              .divide(MILLISECONDS_PER_HOUR, 6, RoundingMode.CEILING);
      return Optional.of(perHour.price().times(hours));
    }
    return Optional.of(Money.zero());
  }
}
