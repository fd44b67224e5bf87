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
import java.util.Locale;
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
  // A service that chooses the epochs may choose more than the rule says.
  private static final int EPOCHS_FACTOR = 2;

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
        new Volume(
            training.examples(),
            training.trainedTokens(),
            training.tokens().margin(),
            training.tokens().exact());
    return price(provider, request).map(price -> estimate(price, request, volume));
  }

  /** The examples of a set, the tokens of one epoch, and by how many these may be wrong. */
  private record Volume(long examples, long tokens, long margin, boolean exact) {

    static Volume of(FineTuningRequest request, TokenCounter counter) {
      long limit =
          request.method().hyperparameters().maximumSequenceTokens().orElse(Integer.MAX_VALUE);
      long examples = 0;
      long tokens = 0;
      long margin = 0;
      try (Stream<? extends Example> stream = request.trainingData().examples()) {
        for (Iterator<? extends Example> all = stream.iterator(); all.hasNext(); examples++) {
          Example example = all.next();
          tokens += Math.min(limit, counter.count(example));
          margin += counter.margin(example);
        }
      }
      return new Volume(examples, tokens, margin, counter.isExact());
    }
  }

  private Optional<TrainingPrice> price(ProviderId provider, FineTuningRequest request) {
    return prices.trainingPrice(new ModelReference(provider, request.baseModel()));
  }

  private CostEstimate estimate(TrainingPrice price, FineTuningRequest request, Volume volume) {
    List<String> assumptions = new ArrayList<>();
    Epochs epochs = epochs(request, volume.examples(), assumptions);
    OptionalInt limit = request.method().hyperparameters().maximumSequenceTokens();
    if (limit.isPresent()) {
      assumptions.add("Each example is cut to " + limit.getAsInt() + " tokens.");
    }
    if (!volume.exact()) {
      assumptions.add("Tokens are estimated, not counted by the model's own tokenizer: ± 25 %.");
    }
    if (volume.margin() > 0) {
      assumptions.add(
          String.format(
              Locale.ROOT,
              "Images and declared tools are estimated, so the %,d tokens of an epoch may be wrong"
                  + " by %,d.",
              volume.tokens(),
              volume.margin()));
    }
    long trained = volume.tokens() * epochs.likely();
    assumptions.add(explanation(price));
    boolean certain =
        price instanceof TrainingPrice.Free
            || (volume.exact() && price instanceof TrainingPrice.PerMillionTokens);
    Money low = priced(price, Math.max(0, volume.tokens() - volume.margin()) * epochs.fewest());
    Money high = priced(price, (volume.tokens() + volume.margin()) * epochs.most());
    return new CostEstimate(
        certain ? low : low.times(LOWER),
        certain ? high : high.times(UPPER),
        trained,
        epochs.likely(),
        assumptions,
        prices.asOf());
  }

  /** The epochs of a job, which are not known where the provider chooses them. */
  private record Epochs(int fewest, int likely, int most) {}

  private static Epochs epochs(FineTuningRequest request, long size, List<String> assumptions) {
    if (request.method().hyperparameters().epochs().isPresent()) {
      int epochs = request.method().hyperparameters().epochs().getAsInt();
      return new Epochs(epochs, epochs, epochs);
    }
    long examples = Math.max(1, size);
    int likely = EpochRule.epochsFor(examples);
    assumptions.add(
        "The provider chooses the epochs; "
            + likely
            + " are assumed for "
            + examples
            + " examples, by the rule of OpenAI's data-preparation notebook. The range of the cost"
            + " is for 1 to "
            + EPOCHS_FACTOR * likely
            + ".");
    return new Epochs(1, likely, EPOCHS_FACTOR * likely);
  }

  private static String explanation(TrainingPrice price) {
    if (price instanceof TrainingPrice.PerMillionTokens perToken) {
      return "Training costs " + perToken.price() + " per million tokens.";
    } else if (price instanceof TrainingPrice.PerHour perHour) {
      return "The machine costs "
          + perHour.price()
          + " per hour and trains "
          + Math.round(perHour.assumedTokensPerSecond())
          + " tokens per second: ± 25 %.";
    }
    return ((TrainingPrice.Free) price).reason();
  }

  private static Money priced(TrainingPrice price, long trained) {
    if (price instanceof TrainingPrice.PerMillionTokens perToken) {
      return perToken.price().times(BigDecimal.valueOf(trained).divide(MILLION));
    } else if (price instanceof TrainingPrice.PerHour perHour) {
      BigDecimal hours =
          BigDecimal.valueOf(trained)
              .divide(
                  BigDecimal.valueOf(perHour.assumedTokensPerSecond()).multiply(SECONDS_PER_HOUR),
                  6,
                  RoundingMode.CEILING);
      return perHour.price().times(hours);
    }
    return Money.zero();
  }
}
