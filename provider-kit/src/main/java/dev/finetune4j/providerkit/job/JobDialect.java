package dev.finetune4j.providerkit.job;

import dev.finetune4j.ProviderId;
import dev.finetune4j.job.JobStatus;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a service differs from OpenAI. Defaults are OpenAI's. Immutable and thread-safe; the builder
 * is not.
 *
 * <pre>{@code
 * JobDialect dialect =
 *     JobDialect.builder(AZURE)
 *         .keyPlace(KeyPlace.SUFFIX)
 *         .suffix(40, Pattern.compile("[A-Za-z0-9_-]*"))
 *         .member("trainingType", "globalStandard")
 *         .build();
 * }</pre>
 */
public final class JobDialect {
  private final ProviderId provider;
  private final String jobsPath;
  private final KeyPlace keyPlace;
  private final @Nullable Object automatic;
  private final int longestSuffix;
  private final Pattern suffixPattern;
  private final Map<String, Object> members;
  private final Map<String, JobStatus> statuses;
  private final UnaryOperator<String> modelName;
  private final boolean methodMember;

  private JobDialect(Builder builder) {
    provider = builder.provider;
    jobsPath = builder.jobsPath;
    keyPlace = builder.keyPlace;
    automatic = builder.automatic;
    longestSuffix = builder.longestSuffix;
    suffixPattern = builder.suffixPattern;
    members = Collections.unmodifiableMap(new LinkedHashMap<>(builder.members));
    statuses = Map.copyOf(builder.statuses);
    modelName = builder.modelName;
    methodMember = builder.methodMember;
  }

  /** Starts the dialect as OpenAI speaks it, under the name of {@code provider}. */
  public static Builder builder(ProviderId provider) {
    return new Builder(provider);
  }

  /** Returns who speaks it. */
  public ProviderId provider() {
    return provider;
  }

  /** Returns where jobs are, relative to the base URL: {@code fine_tuning/jobs}. */
  public String jobsPath() {
    return jobsPath;
  }

  /** Returns where the submission key travels. */
  public KeyPlace keyPlace() {
    return keyPlace;
  }

  /** Returns what stands for "the service chooses"; empty if the member is left out for that. */
  Optional<Object> automatic() {
    return Optional.ofNullable(automatic);
  }

  int longestSuffix() {
    return longestSuffix;
  }

  Pattern suffixPattern() {
    return suffixPattern;
  }

  Map<String, Object> members() {
    return members;
  }

  /** Returns what a service's word means; {@link JobStatus#UNRECOGNIZED} for an unknown one. */
  JobStatus status(String word) {
    return statuses.getOrDefault(word.toLowerCase(Locale.ROOT), JobStatus.UNRECOGNIZED);
  }

  String wireName(String model) {
    return modelName.apply(model);
  }

  boolean hasMethodMember() {
    return methodMember;
  }

  private static Map<String, JobStatus> knownStatuses() {
    Map<String, JobStatus> known = new HashMap<>();
    known.put("validating_files", JobStatus.VALIDATING);
    known.put("created", JobStatus.QUEUED);
    known.put("pending", JobStatus.QUEUED);
    known.put("queued", JobStatus.QUEUED);
    known.put("running", JobStatus.RUNNING);
    // A job being paused still trains; a job being resumed waits for a machine.
    known.put("pausing", JobStatus.RUNNING);
    known.put("paused", JobStatus.PAUSED);
    known.put("resuming", JobStatus.QUEUED);
    known.put("succeeded", JobStatus.SUCCEEDED);
    known.put("failed", JobStatus.FAILED);
    known.put("cancelled", JobStatus.CANCELLED);
    known.put("canceled", JobStatus.CANCELLED);
    return known;
  }

  /** Collects the deviations of a service. Not thread-safe. */
  public static final class Builder {
    private final ProviderId provider;
    private String jobsPath = "fine_tuning/jobs";
    private KeyPlace keyPlace = KeyPlace.METADATA;
    private @Nullable Object automatic = "auto";
    private int longestSuffix = 64;
    private Pattern suffixPattern = Pattern.compile(".*", Pattern.DOTALL);
    private final Map<String, Object> members = new LinkedHashMap<>();
    private final Map<String, JobStatus> statuses = knownStatuses();
    private UnaryOperator<String> modelName = UnaryOperator.identity();
    private boolean methodMember = true;

    private Builder(ProviderId provider) {
      this.provider = Objects.requireNonNull(provider, "provider");
    }

    /** Sets where jobs are, relative to the base URL; {@code fine_tuning/jobs} if not set. */
    public Builder jobsPath(String path) {
      jobsPath = path;
      return this;
    }

    /** Sets where the submission key travels; in the metadata if not set. */
    public Builder keyPlace(KeyPlace place) {
      keyPlace = place;
      return this;
    }

    /**
     * Sets what stands for "the service chooses" in a hyperparameter, {@code "auto"} if not set;
     * null leaves such members out.
     */
    public Builder automatic(@Nullable Object word) {
      automatic = word;
      return this;
    }

    /**
     * Sets what a suffix may be.
     *
     * @param longest the most characters, 64 if not set
     * @param pattern what the whole suffix must match; anything if not set
     */
    public Builder suffix(int longest, Pattern pattern) {
      longestSuffix = longest;
      suffixPattern = pattern;
      return this;
    }

    /** Adds a member that every creation sends; the request's own options outrank it. */
    public Builder member(String name, Object value) {
      members.put(name, value);
      return this;
    }

    /** Adds a word for a status, in any case; the words of OpenAI and Azure are known. */
    public Builder status(String word, JobStatus meaning) {
      statuses.put(word.toLowerCase(Locale.ROOT), meaning);
      return this;
    }

    /** Sets the mapping from a base model's name to the name that is sent; default: unchanged. */
    public Builder modelNames(UnaryOperator<String> mapping) {
      modelName = mapping;
      return this;
    }

    /**
     * Says that the service knows no methods: all training is supervised, and its hyperparameters
     * are members of the request itself, as in the first version of the API.
     */
    public Builder withoutMethods() {
      methodMember = false;
      return this;
    }

    /** Returns the dialect. */
    public JobDialect build() {
      return new JobDialect(this);
    }
  }
}
