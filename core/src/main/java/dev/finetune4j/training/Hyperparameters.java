package dev.finetune4j.training;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The training settings that several providers support. The provider chooses what is not set
 * ("auto") and refuses, before it starts, settings that it does not support. Immutable and
 * thread-safe; the builder is not.
 */
public final class Hyperparameters {
  private final OptionalInt epochs;
  private final OptionalInt batchSize;
  private final OptionalInt gradientAccumulationSteps;
  private final Optional<LearningRate> learningRate;
  private final Optional<LearningRateSchedule> schedule;
  private final OptionalDouble warmupFraction;
  private final OptionalDouble weightDecay;
  private final OptionalDouble maximumGradientNorm;
  private final OptionalInt maximumSequenceTokens;
  private final OptionalInt earlyStopPatience;

  private Hyperparameters(Builder builder) {
    epochs = builder.epochs;
    batchSize = builder.batchSize;
    gradientAccumulationSteps = builder.gradientAccumulationSteps;
    learningRate = builder.learningRate;
    schedule = builder.schedule;
    warmupFraction = builder.warmupFraction;
    weightDecay = builder.weightDecay;
    maximumGradientNorm = builder.maximumGradientNorm;
    maximumSequenceTokens = builder.maximumSequenceTokens;
    earlyStopPatience = builder.earlyStopPatience;
  }

  /** Returns a set with nothing set. */
  public static Hyperparameters providerDefaults() {
    return builder().build();
  }

  /** Starts an empty set. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from this set. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.epochs = epochs;
    builder.batchSize = batchSize;
    builder.gradientAccumulationSteps = gradientAccumulationSteps;
    builder.learningRate = learningRate;
    builder.schedule = schedule;
    builder.warmupFraction = warmupFraction;
    builder.weightDecay = weightDecay;
    builder.maximumGradientNorm = maximumGradientNorm;
    builder.maximumSequenceTokens = maximumSequenceTokens;
    builder.earlyStopPatience = earlyStopPatience;
    return builder;
  }

  /** Returns the number of passes over the training data. */
  public OptionalInt epochs() {
    return epochs;
  }

  /**
   * Returns the examples per forward pass; times the accumulation steps it makes the examples per
   * update.
   */
  public OptionalInt batchSize() {
    return batchSize;
  }

  /** Returns the forward passes whose gradients are added up before an update. */
  public OptionalInt gradientAccumulationSteps() {
    return gradientAccumulationSteps;
  }

  /** Returns the peak learning rate, or a multiple of the provider's choice. */
  public Optional<LearningRate> learningRate() {
    return learningRate;
  }

  /** Returns how the learning rate changes after the warm-up. */
  public Optional<LearningRateSchedule> schedule() {
    return schedule;
  }

  /** Returns the share of all updates, 0 to 1, in which the learning rate rises from zero. */
  public OptionalDouble warmupFraction() {
    return warmupFraction;
  }

  /** Returns the decoupled weight decay of AdamW. */
  public OptionalDouble weightDecay() {
    return weightDecay;
  }

  /** Returns the global norm to which gradients are clipped. */
  public OptionalDouble maximumGradientNorm() {
    return maximumGradientNorm;
  }

  /** Returns the tokens after which an example is cut. */
  public OptionalInt maximumSequenceTokens() {
    return maximumSequenceTokens;
  }

  /** Returns the epochs without a lower validation loss after which training ends early. */
  public OptionalInt earlyStopPatience() {
    return earlyStopPatience;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hyperparameters that && describe().equals(that.describe());
  }

  @Override
  public int hashCode() {
    return describe().hashCode();
  }

  @Override
  public String toString() {
    return "Hyperparameters" + describe();
  }

  private List<Object> describe() {
    return List.of(
        epochs,
        batchSize,
        gradientAccumulationSteps,
        learningRate,
        schedule,
        warmupFraction,
        weightDecay,
        maximumGradientNorm,
        maximumSequenceTokens,
        earlyStopPatience);
  }

  /** Collects settings; each method refuses what could never be right. Not thread-safe. */
  public static final class Builder {
    private OptionalInt epochs = OptionalInt.empty();
    private OptionalInt batchSize = OptionalInt.empty();
    private OptionalInt gradientAccumulationSteps = OptionalInt.empty();
    private Optional<LearningRate> learningRate = Optional.empty();
    private Optional<LearningRateSchedule> schedule = Optional.empty();
    private OptionalDouble warmupFraction = OptionalDouble.empty();
    private OptionalDouble weightDecay = OptionalDouble.empty();
    private OptionalDouble maximumGradientNorm = OptionalDouble.empty();
    private OptionalInt maximumSequenceTokens = OptionalInt.empty();
    private OptionalInt earlyStopPatience = OptionalInt.empty();

    private Builder() {}

    /** Sets the number of passes over the training data, at least 1. */
    public Builder epochs(int value) {
      epochs = OptionalInt.of(atLeastOne("epochs", value));
      return this;
    }

    /** Sets the examples per forward pass, at least 1. */
    public Builder batchSize(int value) {
      batchSize = OptionalInt.of(atLeastOne("batchSize", value));
      return this;
    }

    /** Sets the forward passes per update, at least 1. */
    public Builder gradientAccumulationSteps(int value) {
      gradientAccumulationSteps = OptionalInt.of(atLeastOne("gradientAccumulationSteps", value));
      return this;
    }

    /** Sets the peak learning rate. */
    public Builder learningRate(LearningRate value) {
      if (!(value.value() > 0)) {
        throw new IllegalArgumentException("learningRate must be above 0, was " + value);
      }
      learningRate = Optional.of(value);
      return this;
    }

    /** Sets how the learning rate changes after the warm-up. */
    public Builder schedule(LearningRateSchedule value) {
      schedule = Optional.of(Objects.requireNonNull(value, "value"));
      return this;
    }

    /** Sets the share of all updates, 0 to 1, in which the learning rate rises. */
    public Builder warmupFraction(double value) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("warmupFraction must be from 0 to 1, was " + value);
      }
      warmupFraction = OptionalDouble.of(value);
      return this;
    }

    /** Sets the weight decay, at least 0. */
    public Builder weightDecay(double value) {
      if (!(value >= 0)) {
        throw new IllegalArgumentException("weightDecay must be at least 0, was " + value);
      }
      weightDecay = OptionalDouble.of(value);
      return this;
    }

    /** Sets the norm to which gradients are clipped, above 0. */
    public Builder maximumGradientNorm(double value) {
      if (!(value > 0)) {
        throw new IllegalArgumentException("maximumGradientNorm must be above 0, was " + value);
      }
      maximumGradientNorm = OptionalDouble.of(value);
      return this;
    }

    /** Sets the tokens after which an example is cut, at least 1. */
    public Builder maximumSequenceTokens(int value) {
      maximumSequenceTokens = OptionalInt.of(atLeastOne("maximumSequenceTokens", value));
      return this;
    }

    /** Sets the epochs without progress after which training ends, at least 1. */
    public Builder earlyStopPatience(int value) {
      earlyStopPatience = OptionalInt.of(atLeastOne("earlyStopPatience", value));
      return this;
    }

    /** Returns the set. */
    public Hyperparameters build() {
      return new Hyperparameters(this);
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, was " + value);
      }
      return value;
    }
  }
}
