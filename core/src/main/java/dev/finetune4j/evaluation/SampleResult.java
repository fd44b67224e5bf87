package dev.finetune4j.evaluation;

import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One sample: the prompt, the expected answer, the model's answer and its grades. Immutable and
 * thread-safe; equal to another sample with the same content.
 */
public final class SampleResult {
  private final SampleKey key;
  private final Map<String, String> tags;
  private final String prompt;
  private final String reference;
  private final @Nullable String answer;
  private final @Nullable String failure;
  private final boolean asked;
  private final Map<String, Grade> grades;
  private final TokenUsage usage;
  private final Duration latency;

  private SampleResult(Builder builder) {
    key = new SampleKey(builder.index, builder.repetition);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags));
    prompt = builder.prompt;
    reference = builder.reference;
    answer = builder.answer;
    failure = builder.failure;
    asked = builder.asked;
    grades = Collections.unmodifiableMap(new LinkedHashMap<>(builder.grades));
    usage = builder.usage;
    latency = builder.latency;
  }

  /** Starts the sample at position {@code index} of the data set, counted from 0. */
  public static Builder builder(long index) {
    return new Builder(index);
  }

  /** Returns the key by which two evaluations are paired. */
  public SampleKey key() {
    return key;
  }

  /** Returns the position of the example in the data set, from 0. */
  public long index() {
    return key.index();
  }

  /** Returns the number of this answer among those to the same example, from 0. */
  public int repetition() {
    return key.repetition();
  }

  /**
   * Returns the values of the evaluation's tags by name, used for slices and groups. Unmodifiable,
   * in the order of the tags.
   */
  public Map<String, String> tags() {
    return tags;
  }

  /** Returns the prompt as readable text; if it has several messages, each starts with its role. */
  public String prompt() {
    return prompt;
  }

  /** Returns the expected answer as readable text; empty if the example has none. */
  public String reference() {
    return reference;
  }

  /** Returns the text of the answer, if there is one. */
  public Optional<String> answer() {
    return Optional.ofNullable(answer);
  }

  /** Returns why there is no answer, or why a grader could not grade it. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Returns whether the model was asked; if not, {@link #failure()} says why, and the sample counts
   * as failed.
   */
  public boolean wasAsked() {
    return asked;
  }

  /** Returns the grades by grader, in the order of the graders; failed graders are missing. */
  public Map<String, Grade> grades() {
    return grades;
  }

  /** Returns whether {@code grader} passed the answer; false if there is no grade. */
  public boolean passed(String grader) {
    Grade grade = grades.get(grader);
    return grade != null && grade.passed();
  }

  /** Returns the score that {@code grader} gave; 0 if there is no grade. */
  public double score(String grader) {
    Grade grade = grades.get(grader);
    return grade == null ? 0 : grade.score();
  }

  /** Returns the tokens that the service reported. */
  public TokenUsage usage() {
    return usage;
  }

  /** Returns the time from the request to the complete answer or the failure. */
  public Duration latency() {
    return latency;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SampleResult result && contents().equals(result.contents());
  }

  @Override
  public int hashCode() {
    return contents().hashCode();
  }

  @Override
  public String toString() {
    return "SampleResult(" + index() + ", " + failure().orElse(grades.toString()) + ")";
  }

  private List<Object> contents() {
    return List.of(
        key, tags, prompt, reference, answer(), failure(), asked, grades, usage, latency);
  }

  /** Returns this sample with different tags. */
  SampleResult withTags(Map<String, String> other) {
    Builder builder = new Builder(index());
    builder.repetition = repetition();
    builder.tags.putAll(other);
    builder.prompt = prompt;
    builder.reference = reference;
    builder.answer = answer;
    builder.failure = failure;
    builder.asked = asked;
    builder.grades.putAll(grades);
    builder.usage = usage;
    builder.latency = latency;
    return builder.build();
  }

  /** Builds a sample. Not thread-safe. */
  public static final class Builder {
    private final long index;
    private int repetition;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private String prompt = "";
    private String reference = "";
    private @Nullable String answer;
    private @Nullable String failure;
    private boolean asked = true;
    private final Map<String, Grade> grades = new LinkedHashMap<>();
    private TokenUsage usage = TokenUsage.NONE;
    private Duration latency = Duration.ZERO;

    private Builder(long index) {
      this.index = index;
    }

    /** Sets the number of this answer among those to the same example, from 0. */
    public Builder repetition(int place) {
      repetition = place;
      return this;
    }

    /** Adds the value of a tag. */
    public Builder tag(String name, String value) {
      tags.put(name, value);
      return this;
    }

    /** Sets the prompt as readable text. */
    public Builder prompt(String text) {
      prompt = text;
      return this;
    }

    /** Sets the expected answer as readable text. */
    public Builder reference(String text) {
      reference = text;
      return this;
    }

    /** Sets the answer; or null. */
    public Builder answer(@Nullable String text) {
      answer = text;
      return this;
    }

    /** Sets why the sample failed; null if it did not. */
    public Builder failure(@Nullable String reason) {
      failure = reason;
      return this;
    }

    /** Sets why the model was not asked; the sample counts as failed. */
    public Builder notAsked(String reason) {
      failure = reason;
      asked = false;
      return this;
    }

    /** Adds the grade of {@code grader}. */
    public Builder grade(String grader, Grade grade) {
      grades.put(grader, grade);
      return this;
    }

    /** Sets the tokens that the service reported. */
    public Builder usage(TokenUsage tokens) {
      usage = tokens;
      return this;
    }

    /** Sets the time until the answer or the failure. */
    public Builder latency(Duration duration) {
      latency = duration;
      return this;
    }

    /** Returns the sample. */
    public SampleResult build() {
      return new SampleResult(this);
    }
  }
}
