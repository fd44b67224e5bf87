package dev.finetune4j.training;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request to fine-tune: base model, training method and data. Immutable and thread-safe; the
 * builder is not.
 *
 * <p>Method and data share a type parameter, so preference data with supervised training does not
 * compile.
 */
public final class FineTuningRequest {
  private final String baseModel;
  private final TrainingMethod<?> method;
  private final Dataset<?> trainingData;
  private final @Nullable Dataset<?> validationData;
  private final @Nullable String suffix;
  private final OptionalLong seed;
  private final SubmissionKey submissionKey;
  private final boolean skipsValidation;
  private final Map<String, Object> providerOptions;

  private FineTuningRequest(Builder<?> builder) {
    baseModel = builder.baseModel;
    method = builder.method;
    trainingData = builder.trainingData;
    validationData = builder.validationData;
    suffix = builder.suffix;
    seed = builder.seed;
    submissionKey = builder.submissionKey == null ? SubmissionKey.random() : builder.submissionKey;
    skipsValidation = builder.skipsValidation;
    providerOptions = Collections.unmodifiableMap(new LinkedHashMap<>(builder.providerOptions));
  }

  /** Returns a request for supervised training with the provider's defaults. */
  public static FineTuningRequest supervised(String baseModel, Dataset<ChatExample> data) {
    return builder(baseModel, SupervisedTraining.withDefaults(), data).build();
  }

  /** Starts a request to train {@code baseModel} by {@code method} on {@code trainingData}. */
  public static <E extends Example> Builder<E> builder(
      String baseModel, TrainingMethod<E> method, Dataset<E> trainingData) {
    return new Builder<>(baseModel, method, trainingData);
  }

  /** Returns the provider's name of the model to start from. */
  public String baseModel() {
    return baseModel;
  }

  /** Returns how the model learns. */
  public TrainingMethod<?> method() {
    return method;
  }

  /** Returns what it learns from; of the kind that {@link #method()} names. */
  public Dataset<?> trainingData() {
    return trainingData;
  }

  /** Returns what its loss is measured on meanwhile. */
  public Optional<Dataset<?>> validationData() {
    return Optional.ofNullable(validationData);
  }

  /** Returns what the caller wants to see in the name of the tuned model. */
  public Optional<String> suffix() {
    return Optional.ofNullable(suffix);
  }

  /** Returns the seed of the training. */
  public OptionalLong seed() {
    return seed;
  }

  /** Returns the mark by which the job is found again. */
  public SubmissionKey submissionKey() {
    return submissionKey;
  }

  /** Returns whether the provider submits the data without validating it. */
  public boolean skipsValidation() {
    return skipsValidation;
  }

  /** Returns what only one provider understands, merged last into what is sent. Unmodifiable. */
  public Map<String, Object> providerOptions() {
    return providerOptions;
  }

  /** Returns this request under another key; a durable run derives the key from its own id. */
  public FineTuningRequest withSubmissionKey(SubmissionKey key) {
    Builder<?> builder = copy();
    builder.submissionKey = Objects.requireNonNull(key, "key");
    return new FineTuningRequest(builder);
  }

  /** Returns this request without validation at submission: for data that was just validated. */
  public FineTuningRequest withoutValidation() {
    Builder<?> builder = copy();
    builder.skipsValidation = true;
    return new FineTuningRequest(builder);
  }

  /** Returns this request for another base model: how one plan moves between providers. */
  public FineTuningRequest withBaseModel(String name) {
    Builder<?> builder = copy();
    builder.baseModel = requireName(name);
    return new FineTuningRequest(builder);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Builder<?> copy() {
    // Method and data agreed when this request was built, so the raw types cannot mix them up here.
    Builder builder = new Builder(baseModel, method, trainingData);
    builder.validationData = validationData;
    builder.suffix = suffix;
    builder.seed = seed;
    builder.submissionKey = submissionKey;
    builder.skipsValidation = skipsValidation;
    builder.providerOptions.putAll(providerOptions);
    return builder;
  }

  private static String requireName(String baseModel) {
    if (baseModel.isBlank()) {
      throw new IllegalArgumentException("baseModel must not be blank");
    }
    return baseModel;
  }

  /**
   * Collects the parts of a request. Not thread-safe.
   *
   * @param <E> the kind of example
   */
  public static final class Builder<E extends Example> {
    private String baseModel;
    private final TrainingMethod<E> method;
    private final Dataset<E> trainingData;
    private @Nullable Dataset<E> validationData;
    private @Nullable String suffix;
    private OptionalLong seed = OptionalLong.empty();
    private @Nullable SubmissionKey submissionKey;
    private boolean skipsValidation;
    private final Map<String, Object> providerOptions = new LinkedHashMap<>();

    private Builder(String baseModel, TrainingMethod<E> method, Dataset<E> trainingData) {
      this.baseModel = requireName(baseModel);
      this.method = Objects.requireNonNull(method, "method");
      this.trainingData = Objects.requireNonNull(trainingData, "trainingData");
    }

    /** Sets what the loss is measured on while the model learns. */
    public Builder<E> validationData(Dataset<E> dataset) {
      validationData = dataset;
      return this;
    }

    /** Sets a text to include in the name of the tuned model; providers limit its length. */
    public Builder<E> suffix(String text) {
      suffix = text;
      return this;
    }

    /** Sets the seed of the training. */
    public Builder<E> seed(long value) {
      seed = OptionalLong.of(value);
      return this;
    }

    /** Sets the mark by which the job is found again; random if not set. */
    public Builder<E> submissionKey(SubmissionKey key) {
      submissionKey = key;
      return this;
    }

    /**
     * Submits the data without validating it: for data that was validated before, or whose findings
     * are known. The service may still refuse it.
     */
    public Builder<E> skipValidation() {
      skipsValidation = true;
      return this;
    }

    /**
     * Adds an option that only one provider understands; the value is a JSON tree of maps, lists,
     * strings, numbers, booleans.
     */
    public Builder<E> providerOption(String name, Object value) {
      providerOptions.put(name, value);
      return this;
    }

    /** Returns the request. */
    public FineTuningRequest build() {
      return new FineTuningRequest(this);
    }
  }
}
