package dev.finetune4j.catalog;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.training.MethodKind;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one base model at one provider. What is empty is unknown. Immutable and
 * thread-safe.
 */
public final class CatalogEntry {
  private final String model;
  private final Set<MethodKind> methods;
  private final OptionalLong contextTokens;
  private final OptionalLong minimumExamples;
  private final OptionalLong imagesPerExample;
  private final @Nullable TrainingPrice trainingPrice;
  private final @Nullable InferencePrice inferencePrice;
  private final @Nullable InferencePrice tunedInferencePrice;
  private final @Nullable Money hostingPricePerHour;
  private final @Nullable LocalDate trainableUntil;
  private final @Nullable LocalDate answersUntil;
  private final String source;
  private final LocalDate asOf;

  private CatalogEntry(Builder builder) {
    model = builder.model;
    methods = Set.copyOf(builder.methods);
    contextTokens = builder.contextTokens;
    minimumExamples = builder.minimumExamples;
    imagesPerExample = builder.imagesPerExample;
    trainingPrice = builder.trainingPrice;
    inferencePrice = builder.inferencePrice;
    tunedInferencePrice = builder.tunedInferencePrice;
    hostingPricePerHour = builder.hostingPricePerHour;
    trainableUntil = builder.trainableUntil;
    answersUntil = builder.answersUntil;
    source = builder.source;
    asOf = builder.asOf;
  }

  /**
   * Starts an entry.
   *
   * @param model the provider's name of the base model
   * @param source where the facts were published, for readers to look them up
   * @param asOf the day on which they were read
   */
  public static Builder builder(String model, String source, LocalDate asOf) {
    return new Builder(model, source, asOf);
  }

  /** Returns the provider's name of the base model. */
  public String model() {
    return model;
  }

  /** Returns the methods by which it can be trained; empty if that is unknown. */
  public Set<MethodKind> methods() {
    return methods;
  }

  /** Returns the most tokens that one training example may have. */
  public OptionalLong contextTokens() {
    return contextTokens;
  }

  /** Returns the fewest training examples that the provider takes. */
  public OptionalLong minimumExamples() {
    return minimumExamples;
  }

  /** Returns the most images of one training example; 0 if it is trained on text only. */
  public OptionalLong imagesPerExample() {
    return imagesPerExample;
  }

  /** Returns what training it costs. */
  public Optional<TrainingPrice> trainingPrice() {
    return Optional.ofNullable(trainingPrice);
  }

  /** Returns what asking it costs, untuned. */
  public Optional<InferencePrice> inferencePrice() {
    return Optional.ofNullable(inferencePrice);
  }

  /** Returns what asking a model tuned from it costs. */
  public Optional<InferencePrice> tunedInferencePrice() {
    return Optional.ofNullable(tunedInferencePrice);
  }

  /** Returns what a deployment of a model tuned from it costs each hour. */
  public Optional<Money> hostingPricePerHour() {
    return Optional.ofNullable(hostingPricePerHour);
  }

  /** Returns the last day on which it can be trained. */
  public Optional<LocalDate> trainableUntil() {
    return Optional.ofNullable(trainableUntil);
  }

  /** Returns the last day on which models tuned from it answer. */
  public Optional<LocalDate> answersUntil() {
    return Optional.ofNullable(answersUntil);
  }

  /**
   * Returns this entry with the last day of answers as the provider says it on {@code asked}; the
   * other facts and their source stay.
   */
  public CatalogEntry answeringUntil(LocalDate day, LocalDate asked) {
    Builder builder = new Builder(model, source, asked);
    builder.methods.addAll(methods);
    builder.contextTokens = contextTokens;
    builder.minimumExamples = minimumExamples;
    builder.imagesPerExample = imagesPerExample;
    builder.trainingPrice = trainingPrice;
    builder.inferencePrice = inferencePrice;
    builder.tunedInferencePrice = tunedInferencePrice;
    builder.hostingPricePerHour = hostingPricePerHour;
    builder.trainableUntil = trainableUntil;
    builder.answersUntil = day;
    return builder.build();
  }

  /** Returns where the facts were published. */
  public String source() {
    return source;
  }

  /** Returns the day on which the facts were read. */
  public LocalDate asOf() {
    return asOf;
  }

  @Override
  public String toString() {
    return "CatalogEntry(" + model + ", as of " + asOf + ")";
  }

  /** Collects facts. Not thread-safe. */
  public static final class Builder {
    private final String model;
    private final String source;
    private final LocalDate asOf;
    private final Set<MethodKind> methods = EnumSet.noneOf(MethodKind.class);
    private OptionalLong contextTokens = OptionalLong.empty();
    private OptionalLong minimumExamples = OptionalLong.empty();
    private OptionalLong imagesPerExample = OptionalLong.empty();
    private @Nullable TrainingPrice trainingPrice;
    private @Nullable InferencePrice inferencePrice;
    private @Nullable InferencePrice tunedInferencePrice;
    private @Nullable Money hostingPricePerHour;
    private @Nullable LocalDate trainableUntil;
    private @Nullable LocalDate answersUntil;

    private Builder(String model, String source, LocalDate asOf) {
      this.model = Objects.requireNonNull(model, "model");
      this.source = Objects.requireNonNull(source, "source");
      this.asOf = Objects.requireNonNull(asOf, "asOf");
    }

    /** Adds a method by which it can be trained. */
    public Builder method(MethodKind kind) {
      methods.add(kind);
      return this;
    }

    /** Sets the most tokens that one example may have. */
    public Builder contextTokens(long tokens) {
      contextTokens = OptionalLong.of(tokens);
      return this;
    }

    /** Sets the fewest examples that the provider takes. */
    public Builder minimumExamples(long examples) {
      minimumExamples = OptionalLong.of(examples);
      return this;
    }

    /** Sets the most images of one training example; 0 if it is trained on text only. */
    public Builder imagesPerExample(long images) {
      imagesPerExample = OptionalLong.of(images);
      return this;
    }

    /** Sets what training costs; null if that is unknown. */
    public Builder trainingPrice(@Nullable TrainingPrice price) {
      trainingPrice = price;
      return this;
    }

    /** Sets what asking it costs, untuned; null if that is unknown. */
    public Builder inferencePrice(@Nullable InferencePrice price) {
      inferencePrice = price;
      return this;
    }

    /** Sets what asking a model tuned from it costs; null if that is unknown. */
    public Builder tunedInferencePrice(@Nullable InferencePrice price) {
      tunedInferencePrice = price;
      return this;
    }

    /** Sets what a deployment costs each hour; null if that is unknown. */
    public Builder hostingPricePerHour(@Nullable Money price) {
      hostingPricePerHour = price;
      return this;
    }

    /** Sets the last day of training; null if none is announced. */
    public Builder trainableUntil(@Nullable LocalDate day) {
      trainableUntil = day;
      return this;
    }

    /** Sets the last day of answers; null if none is announced. */
    public Builder answersUntil(@Nullable LocalDate day) {
      answersUntil = day;
      return this;
    }

    /** Returns the entry. */
    public CatalogEntry build() {
      return new CatalogEntry(this);
    }
  }
}
