package dev.finetune4j.cost;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetProfile;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Estimates the cost of training before it starts. Thread-safe. */
public final class CostEstimator {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);
  // Counts that are estimates, and speeds that are assumed, are taken to be wrong by up to a
  // quarter.
  private static final BigDecimal LOWER = new BigDecimal("0.75");
  private static final BigDecimal UPPER = new BigDecimal("1.25");

  private final PriceBook prices;

  /** Makes an estimator from prices. */
  public CostEstimator(PriceBook prices) {
    this.prices = Objects.requireNonNull(prices, "prices");
  }

  /**
   * Returns the estimate, empty if the price of the base model is not known. Reads the training
   * data once.
   *
   * @param provider where the request would go
   * @param tokens counts as the base model would
   */
  public Optional<CostEstimate> estimate(
      ProviderId provider, FineTuningRequest request, TokenCounter tokens) {
    return price(provider, request)
        .map(price -> estimate(price, request, Volume.of(request, tokens)));
  }

  /**
   * Returns the estimate, empty if the price of the base model is not known. Reads no data.
   *
   * @param provider where the request would go
   * @param training the profile of the training data, with tokens counted as the base model would
   *     and cut at the request's maximum sequence length, if it has one
   */
  public Optional<CostEstimate> estimate(
      ProviderId provider, FineTuningRequest request, DatasetProfile training) {
    Volume volume =
        new Volume(training.examples(), training.trainedTokens(), training.tokens().exact());
    return price(provider, request).map(price -> estimate(price, request, volume));
  }

  /** The examples of a set, and the tokens of one epoch. */
  private record Volume(long examples, long tokens, boolean exact) {

    static Volume of(FineTuningRequest request, TokenCounter counter) {
      long limit =
          request.method().hyperparameters().maximumSequenceTokens().orElse(Integer.MAX_VALUE);
      long examples = 0;
      long tokens = 0;
      try (Stream<? extends Example> stream = request.trainingData().examples()) {
        for (Iterator<? extends Example> all = stream.iterator(); all.hasNext(); examples++) {
          tokens += Math.min(limit, counter.count(all.next()));
        }
      }
      return new Volume(examples, tokens, counter.isExact());
    }
  }

  private Optional<TrainingPrice> price(ProviderId provider, FineTuningRequest request) {
    return prices.trainingPrice(new ModelReference(provider, request.baseModel()));
  }

  private CostEstimate estimate(TrainingPrice price, FineTuningRequest request, Volume volume) {
    List<String> assumptions = new ArrayList<>();
    int epochs = epochs(request, volume.examples(), assumptions);
    OptionalInt limit = request.method().hyperparameters().maximumSequenceTokens();
    if (limit.isPresent()) {
      assumptions.add("Each example is cut to " + limit.getAsInt() + " tokens.");
    }
    if (!volume.exact()) {
      assumptions.add("Tokens are estimated, not counted by the model's own tokenizer: ± 25 %.");
    }
    long trained = volume.tokens() * epochs;
    Money middle = priced(price, trained, assumptions);
    boolean certain =
        price instanceof TrainingPrice.Free
            || (volume.exact() && price instanceof TrainingPrice.PerMillionTokens);
    Money low = certain ? middle : middle.times(LOWER);
    Money high = certain ? middle : middle.times(UPPER);
    return new CostEstimate(low, high, trained, epochs, assumptions, prices.asOf());
  }

  private static int epochs(FineTuningRequest request, long size, List<String> assumptions) {
    if (request.method().hyperparameters().epochs().isPresent()) {
      return request.method().hyperparameters().epochs().getAsInt();
    }
    long examples = Math.max(1, size);
    int epochs = EpochRule.epochsFor(examples);
    assumptions.add(
        "The provider chooses the epochs; "
            + epochs
            + " are assumed for "
            + examples
            + " examples, by the rule of OpenAI's data-preparation notebook.");
    return epochs;
  }

  private static Money priced(TrainingPrice price, long trained, List<String> assumptions) {
    if (price instanceof TrainingPrice.PerMillionTokens perToken) {
      assumptions.add("Training costs " + perToken.price() + " per million tokens.");
      return perToken.price().times(BigDecimal.valueOf(trained).divide(MILLION));
    } else if (price instanceof TrainingPrice.PerHour perHour) {
      BigDecimal hours =
          BigDecimal.valueOf(trained)
              .divide(
                  BigDecimal.valueOf(perHour.assumedTokensPerSecond()).multiply(SECONDS_PER_HOUR),
                  6,
                  RoundingMode.CEILING);
      assumptions.add(
          "The machine costs "
              + perHour.price()
              + " per hour and trains "
              + Math.round(perHour.assumedTokensPerSecond())
              + " tokens per second: ± 25 %.");
      return perHour.price().times(hours);
    }
    assumptions.add(((TrainingPrice.Free) price).reason());
    return Money.zero();
  }
}
