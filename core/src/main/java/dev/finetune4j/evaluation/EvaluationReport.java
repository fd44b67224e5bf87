package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.inference.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The results of one alternative on one data set: every sample and a score for each grader.
 * Immutable and thread-safe; equal to another report with the same content.
 */
public final class EvaluationReport {
  private final String name;
  private final String dataset;
  private final Fingerprint fingerprint;
  private final List<String> graders;
  private final List<SampleResult> samples;
  private final Instant startedAt;
  private final Duration wallDuration;
  // Intervals of means take some milliseconds per thousand samples, so they wait to be asked for.
  private final Map<String, Score> scores = new ConcurrentHashMap<>();

  private EvaluationReport(Builder builder) {
    name = builder.name;
    dataset = builder.dataset;
    fingerprint = Objects.requireNonNull(builder.fingerprint, "fingerprint");
    graders = List.copyOf(builder.graders);
    samples = builder.samples.stream().sorted(Comparator.comparing(SampleResult::key)).toList();
    startedAt = builder.startedAt;
    wallDuration = builder.wallDuration;
  }

  /** Starts the report of the alternative {@code name}. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Returns the name of the alternative, for example {@code zero-shot}. */
  public String name() {
    return name;
  }

  /** Returns the name of the data set. */
  public String dataset() {
    return dataset;
  }

  /** Returns the content hash of the data set. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** Returns the names of the graders, in the order in which they were added. */
  public List<String> graders() {
    return graders;
  }

  /**
   * Returns every sample, failed ones included, in the order of the data set, repetitions together.
   */
  public List<SampleResult> samples() {
    return samples;
  }

  /** Returns one score for each grader, in their order. */
  public List<Score> scores() {
    return graders.stream().map(this::score).toList();
  }

  /**
   * Returns the score by one grader. The first call takes some milliseconds per thousand samples if
   * scores are not all 0 or 1.
   *
   * @throws IllegalArgumentException if there is no such grader; the message lists the graders
   */
  public Score score(String grader) {
    requireGrader(grader);
    return scores.computeIfAbsent(grader, name -> Score.of(name, samples));
  }

  void requireGrader(String grader) {
    if (!graders.contains(grader)) {
      throw new IllegalArgumentException(
          "\"" + name + "\" has no grader \"" + grader + "\"; it has " + graders + ".");
    }
  }

  /**
   * Returns the score by one grader with intervals clustered by a tag, for example by customer.
   *
   * @throws IllegalArgumentException if there is no such grader, or a sample lacks the tag
   */
  public Score score(String grader, String clusterTag) {
    requireGrader(grader);
    return Score.of(
        grader, samples, samples.stream().map(it -> it.requireTag(clusterTag)).toList());
  }

  /**
   * Compares this alternative with {@code baseline}, sample by sample. Makes no request; the
   * bootstrap takes some milliseconds for each thousand samples.
   *
   * @throws IllegalArgumentException if they were not measured on the same data, or one lacks the
   *     grader
   */
  public Comparison comparedTo(EvaluationReport baseline, String grader) {
    return Comparison.between(this, baseline, grader);
  }

  /** Compares by the first grader, as {@link #comparedTo(EvaluationReport, String)} does. */
  public Comparison comparedTo(EvaluationReport baseline) {
    return comparedTo(baseline, graders.get(0));
  }

  /** Returns the samples that {@code grader} gave no grade, by reason. */
  public MissingSamples missing(String grader) {
    requireGrader(grader);
    return MissingSamples.of(name, grader, samples);
  }

  /**
   * Returns how many samples failed: the model was asked, but did not answer, or a grader failed.
   */
  public long failures() {
    return samples.stream()
        .filter(sample -> sample.wasAsked() && sample.failure().isPresent())
        .count();
  }

  /** Returns how many samples were not asked because of a cancellation or the cost limit. */
  public long notAsked() {
    return samples.stream().filter(sample -> !sample.wasAsked()).count();
  }

  /** Returns how many samples have no answer. */
  public long unanswered() {
    return samples.stream().filter(sample -> sample.answer().isEmpty()).count();
  }

  /** Returns the tokens of all samples together, as the server reported them. */
  public TokenUsage totalUsage() {
    return samples.stream().map(SampleResult::usage).reduce(TokenUsage.NONE, TokenUsage::plus);
  }

  /** Returns the mean number of prompt tokens; 0 if nothing was answered. */
  public double meanPromptTokens() {
    return perAnswer(totalUsage().promptTokens());
  }

  /** Returns the mean number of completion tokens; 0 if nothing was answered. */
  public double meanCompletionTokens() {
    return perAnswer(totalUsage().completionTokens());
  }

  /** Returns the median time to an answer; zero if nothing was answered. */
  public Duration medianLatency() {
    return latency(0.5);
  }

  /**
   * Returns the time within which {@code share} (0 to 1) of the answers arrived, by nearest rank.
   */
  public Duration latency(double share) {
    List<Duration> latencies =
        samples.stream()
            .filter(sample -> sample.answer().isPresent())
            .map(SampleResult::latency)
            .sorted()
            .toList();
    if (latencies.isEmpty()) {
      return Duration.ZERO;
    }
    int rank = (int) Math.ceil(share * latencies.size());
    return latencies.get(Math.max(0, Math.min(latencies.size(), rank) - 1));
  }

  /** Returns when the evaluation started. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Returns how long the whole evaluation took. */
  public Duration wallDuration() {
    return wallDuration;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EvaluationReport report && contents().equals(report.contents());
  }

  @Override
  public int hashCode() {
    return contents().hashCode();
  }

  @Override
  public String toString() {
    String marks =
        scores().stream()
            .map(score -> score.grader() + " " + Math.round(1000 * score.mean()) / 10.0 + " %")
            .collect(Collectors.joining(", "));
    return "EvaluationReport(" + name + ", " + samples.size() + " samples: " + marks + ")";
  }

  private double perAnswer(long tokens) {
    long answered = samples.size() - unanswered();
    return answered == 0 ? 0 : (double) tokens / answered;
  }

  private List<Object> contents() {
    return List.of(name, dataset, fingerprint, graders, samples, startedAt, wallDuration);
  }

  /** Builds a report. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private String dataset = "";
    private @Nullable Fingerprint fingerprint;
    private final List<String> graders = new ArrayList<>();
    private final List<SampleResult> samples = new ArrayList<>();
    private Instant startedAt = Instant.EPOCH;
    private Duration wallDuration = Duration.ZERO;

    private Builder(String name) {
      this.name = name;
    }

    /** Sets the data set; required. */
    public Builder dataset(String datasetName, Fingerprint contentHash) {
      dataset = datasetName;
      fingerprint = contentHash;
      return this;
    }

    /** Adds the name of a grader, required even if it graded no sample. */
    public Builder grader(String grader) {
      graders.add(grader);
      return this;
    }

    /** Adds a sample; the order does not matter. */
    public Builder sample(SampleResult sample) {
      samples.add(sample);
      return this;
    }

    /** Sets when the evaluation started. */
    public Builder startedAt(Instant moment) {
      startedAt = moment;
      return this;
    }

    /** Sets how long the whole evaluation took. */
    public Builder wallDuration(Duration duration) {
      wallDuration = duration;
      return this;
    }

    /** Returns the report. */
    public EvaluationReport build() {
      return new EvaluationReport(this);
    }
  }
}
