package dev.finetune4j.job;

import dev.finetune4j.ModelReference;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a job; {@link JobHandle#refresh} returns a newer one. Immutable and thread-safe.
 */
public final class FineTuningJob {
  private final JobReference reference;
  private final JobStatus status;
  private final String providerStatus;
  private final String baseModel;
  private final Instant createdAt;
  private final @Nullable String fineTunedModel;
  private final @Nullable Instant finishedAt;
  private final OptionalLong trainedTokens;
  private final @Nullable String failureReason;
  private final @Nullable String submissionKey;
  private final @Nullable String providerJson;

  private FineTuningJob(Builder builder) {
    reference = builder.reference;
    status = builder.status;
    providerStatus = builder.providerStatus;
    baseModel = builder.baseModel;
    createdAt = builder.createdAt;
    fineTunedModel = builder.fineTunedModel;
    finishedAt = builder.finishedAt;
    trainedTokens = builder.trainedTokens;
    failureReason = builder.failureReason;
    submissionKey = builder.submissionKey;
    providerJson = builder.providerJson;
  }

  /**
   * Returns a builder of a snapshot; used by providers.
   *
   * @param providerStatus the provider's own word for the status
   */
  public static Builder builder(JobReference reference, JobStatus status, String providerStatus) {
    return new Builder(reference, status, providerStatus);
  }

  /** Returns the reference, with which the job can be found again. */
  public JobReference reference() {
    return reference;
  }

  /** Returns the status. */
  public JobStatus status() {
    return status;
  }

  /** Returns the provider's own word for the status. */
  public String providerStatus() {
    return providerStatus;
  }

  /** Returns the provider's name of the base model; empty if unknown. */
  public String baseModel() {
    return baseModel;
  }

  /** Returns when the job was created; the epoch if unknown. */
  public Instant createdAt() {
    return createdAt;
  }

  /** Returns the fine-tuned model, once it exists. */
  public Optional<ModelReference> fineTunedModel() {
    return Optional.ofNullable(fineTunedModel)
        .map(name -> new ModelReference(reference.provider(), name));
  }

  /** Returns when the job ended; empty before that. */
  public Optional<Instant> finishedAt() {
    return Optional.ofNullable(finishedAt);
  }

  /** Returns the number of trained tokens, as the provider bills them. */
  public OptionalLong trainedTokens() {
    return trainedTokens;
  }

  /** Returns the provider's reason for a failure. */
  public Optional<String> failureReason() {
    return Optional.ofNullable(failureReason);
  }

  /** Returns the submission key, where the provider returns it. */
  public Optional<String> submissionKey() {
    return Optional.ofNullable(submissionKey);
  }

  /**
   * Returns the complete job as the provider's JSON, with members that this library does not know;
   * empty where the provider sends none.
   */
  public Optional<String> providerJson() {
    return Optional.ofNullable(providerJson);
  }

  /**
   * Returns the fine-tuned model.
   *
   * @throws JobFailedException if it does not exist: the job failed, was cancelled, or has not
   *     ended
   */
  public ModelReference requireFineTunedModel() {
    return fineTunedModel().orElseThrow(() -> new JobFailedException(this));
  }

  @Override
  public String toString() {
    return "FineTuningJob(" + reference + ", " + status + ")";
  }

  /** Builds a snapshot. Not thread-safe. */
  public static final class Builder {
    private final JobReference reference;
    private final JobStatus status;
    private final String providerStatus;
    private String baseModel = "";
    private Instant createdAt = Instant.EPOCH;
    private @Nullable String fineTunedModel;
    private @Nullable Instant finishedAt;
    private OptionalLong trainedTokens = OptionalLong.empty();
    private @Nullable String failureReason;
    private @Nullable String submissionKey;
    private @Nullable String providerJson;

    private Builder(JobReference reference, JobStatus status, String providerStatus) {
      this.reference = Objects.requireNonNull(reference, "reference");
      this.status = Objects.requireNonNull(status, "status");
      this.providerStatus = Objects.requireNonNull(providerStatus, "providerStatus");
    }

    /** Sets the name of the base model. */
    public Builder baseModel(String name) {
      baseModel = name;
      return this;
    }

    /** Sets when the job was created. */
    public Builder createdAt(Instant moment) {
      createdAt = moment;
      return this;
    }

    /** Sets the name of the fine-tuned model; null before it exists. */
    public Builder fineTunedModel(@Nullable String name) {
      fineTunedModel = name;
      return this;
    }

    /** Sets when the job ended; null before that. */
    public Builder finishedAt(@Nullable Instant moment) {
      finishedAt = moment;
      return this;
    }

    /** Sets the number of trained tokens. */
    public Builder trainedTokens(long tokens) {
      trainedTokens = OptionalLong.of(tokens);
      return this;
    }

    /** Sets the reason for a failure; null if it did not fail. */
    public Builder failureReason(@Nullable String reason) {
      failureReason = reason;
      return this;
    }

    /** Sets the submission key; null if the provider does not return it. */
    public Builder submissionKey(@Nullable String key) {
      submissionKey = key;
      return this;
    }

    /** Sets the complete job as the provider's JSON; null if it sends none. */
    public Builder providerJson(@Nullable String json) {
      providerJson = json;
      return this;
    }

    /** Returns the snapshot. */
    public FineTuningJob build() {
      return new FineTuningJob(this);
    }
  }
}
