package dev.finetune4j.providerkit.job;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.MethodKind;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.WeightUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a request before anything is sent: what the dialect cannot express, and values out of
 * range. All problems are in one exception. For a single use; not thread-safe.
 */
final class RequestCheck {
  private static final int LARGEST_BATCH = 256;
  private static final int MOST_EPOCHS = 50;
  private static final double LARGEST_BETA = 2;
  private static final long LARGEST_SEED = Integer.MAX_VALUE;

  private static final Map<MethodKind, Capability> METHODS =
      Map.of(
          MethodKind.SUPERVISED, Capability.SUPERVISED_TRAINING,
          MethodKind.PREFERENCE, Capability.PREFERENCE_TRAINING,
          MethodKind.REINFORCEMENT, Capability.REINFORCEMENT_TRAINING);

  private final JobDialect dialect;
  private final Set<Capability> capabilities;
  private final List<String> unsupported = new ArrayList<>();
  private final List<String> invalid = new ArrayList<>();

  private RequestCheck(JobDialect dialect, Set<Capability> capabilities) {
    this.dialect = dialect;
    this.capabilities = capabilities;
  }

  /** Refuses what cannot be sent. Reads the data only if tools or images must not be in it. */
  static void require(FineTuningRequest request, JobDialect dialect, Set<Capability> capabilities) {
    RequestCheck check = new RequestCheck(dialect, capabilities);
    check.lookAtParts(request);
    check.lookAtWeights(request.method().weightUpdate());
    check.lookAtHyperparameters(request.method().hyperparameters());
    check.lookAtRanges(request);
    check.refuseWhatWasFound();
  }

  private void lookAtParts(FineTuningRequest request) {
    MethodKind kind = request.method().kind();
    need(
        METHODS.getOrDefault(kind, Capability.SUPERVISED_TRAINING),
        kind.name().toLowerCase(Locale.ROOT) + " training");
    if (request.validationData().isPresent()) {
      need(Capability.VALIDATION_DATA, "validation data");
    }
    if (request.seed().isPresent()) {
      need(Capability.SEED, "a seed");
    }
    ContentScan.of(request, capabilities).ifPresent(unsupported::add);
  }

  private void lookAtWeights(WeightUpdate update) {
    if (update instanceof WeightUpdate.Full) {
      need(Capability.FULL_UPDATE, "a full weight update");
    } else if (update instanceof WeightUpdate.LowRank) {
      need(Capability.LOW_RANK_UPDATE, "a low-rank update");
    }
  }

  private void lookAtHyperparameters(Hyperparameters wanted) {
    refuse(wanted.gradientAccumulationSteps().isPresent(), "gradient accumulation");
    refuse(
        wanted.learningRate().filter(LearningRate.Absolute.class::isInstance).isPresent(),
        "an absolute learning rate (it takes a multiplier)");
    refuse(wanted.schedule().isPresent(), "a learning rate schedule");
    refuse(wanted.warmupFraction().isPresent(), "a warm-up");
    refuse(wanted.weightDecay().isPresent(), "weight decay");
    refuse(wanted.maximumGradientNorm().isPresent(), "gradient clipping");
    refuse(wanted.maximumSequenceTokens().isPresent(), "a limit on the tokens of an example");
    refuse(wanted.earlyStopPatience().isPresent(), "an early stop");
  }

  private void lookAtRanges(FineTuningRequest request) {
    Hyperparameters wanted = request.method().hyperparameters();
    wanted.epochs().ifPresent(value -> range(value, 1, MOST_EPOCHS, "The number of epochs"));
    wanted.batchSize().ifPresent(value -> range(value, 1, LARGEST_BATCH, "The batch size"));
    request.seed().ifPresent(value -> range(value, 0, LARGEST_SEED, "The seed"));
    if (request.method() instanceof PreferenceTraining preference
        && preference.beta().isPresent()) {
      double beta = preference.beta().getAsDouble();
      if (!(beta > 0 && beta <= LARGEST_BETA)) {
        invalid.add("Beta lies above 0 and up to 2, and it is " + beta + ".");
      }
    }
    request.suffix().ifPresent(this::lookAtSuffix);
  }

  private void lookAtSuffix(String suffix) {
    boolean fits = suffix.length() <= dialect.longestSuffix();
    if (suffix.isEmpty() || !fits || !dialect.suffixPattern().matcher(suffix).matches()) {
      invalid.add(
          "The suffix has 1 to "
              + dialect.longestSuffix()
              + " characters"
              + (dialect.suffixPattern().pattern().equals(".*")
                  ? ""
                  : " of " + dialect.suffixPattern().pattern())
              + ", and it is \""
              + suffix
              + "\".");
    }
  }

  private void range(long value, long lowest, long highest, String what) {
    if (value < lowest || value > highest) {
      invalid.add(what + " lies from " + lowest + " to " + highest + ", and it is " + value + ".");
    }
  }

  private void need(Capability capability, String what) {
    refuse(!capabilities.contains(capability), what);
  }

  private void refuse(boolean refused, String what) {
    if (refused) {
      unsupported.add(what);
    }
  }

  private void refuseWhatWasFound() {
    String alsoWrong = String.join(" ", invalid);
    if (!unsupported.isEmpty()) {
      Optional<String> more = Optional.of(alsoWrong).filter(text -> !text.isEmpty());
      throw new UnsupportedCapabilityException(
          dialect.provider(),
          String.join(", ", unsupported),
          "Leave it out of the request, or take a provider that can."
              + more.map(text -> " Besides: " + text).orElse(""));
    }
    if (!invalid.isEmpty()) {
      throw new InvalidRequestException(
          ProviderFailure.of(dialect.provider(), "The request cannot be sent. " + alsoWrong));
    }
  }
}
