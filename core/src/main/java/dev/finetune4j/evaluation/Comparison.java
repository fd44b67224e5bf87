package dev.finetune4j.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Two alternatives on the same samples, pair by pair. Where scores are only 0 and 1 the figures are
 * pass rates, the test is McNemar's exact one and the interval that of Agresti and Min; else they
 * are mean scores, the test flips signs and the interval is a bootstrap. Both are two-sided, both
 * seeded. Immutable and thread-safe.
 */
public final class Comparison {
  private final EvaluationReport candidate;
  private final EvaluationReport baseline;
  private final String grader;
  private final double[] differences;
  private final boolean passOrFail;
  private final double pValue;
  private final Interval interval;

  private Comparison(EvaluationReport candidate, EvaluationReport baseline, String grader) {
    this.candidate = candidate;
    this.baseline = baseline;
    this.grader = grader;
    List<SampleResult> ours = candidate.samples();
    List<SampleResult> theirs = baseline.samples();
    differences = new double[ours.size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = ours.get(i).score(grader) - theirs.get(i).score(grader);
    }
    passOrFail = Scoring.isPassOrFail(grader, ours) && Scoring.isPassOrFail(grader, theirs);
    PairedPasses passes = new PairedPasses(differences.length, improved(), worsened());
    pValue = passOrFail ? passes.pValue() : SignFlip.pValue(differences);
    interval =
        passOrFail
            ? passes.interval(Interval.USUAL_LEVEL)
            : Bootstrap.ofMean(differences, Interval.USUAL_LEVEL);
  }

  static Comparison between(EvaluationReport candidate, EvaluationReport baseline, String grader) {
    candidate.score(grader);
    baseline.score(grader);
    if (!candidate.fingerprint().equals(baseline.fingerprint())
        || !places(candidate).equals(places(baseline))) {
      throw new IllegalArgumentException(
          String.format(
              "\"%s\" and \"%s\" were not measured on the same samples (%s, %d; %s, %d):"
                  + " evaluate both on one data set.",
              candidate.name(),
              baseline.name(),
              candidate.fingerprint().shortForm(),
              candidate.samples().size(),
              baseline.fingerprint().shortForm(),
              baseline.samples().size()));
    }
    return new Comparison(candidate, baseline, grader);
  }

  /** Returns the name of the alternative that is on trial. */
  public String candidate() {
    return candidate.name();
  }

  /** Returns the name of the alternative that it is held against. */
  public String baseline() {
    return baseline.name();
  }

  /** Returns the grader whose grades are compared. */
  public String grader() {
    return grader;
  }

  /** Returns how many pairs there are: all samples, failed ones included. */
  public long pairs() {
    return differences.length;
  }

  /** Returns the candidate's mean score (pass rate) minus the baseline's, from -1 to 1. */
  public double difference() {
    return Scoring.mean(differences);
  }

  /** Returns the 95 % interval of {@link #difference()}. */
  public Interval interval() {
    return interval;
  }

  /**
   * Returns how likely a difference this large, in either direction, would be by chance if the two
   * were equally good.
   */
  public double pValue() {
    return pValue;
  }

  /** Returns the name of the test, for people. */
  public String test() {
    return passOrFail ? "exact McNemar test" : "paired permutation test";
  }

  /** Returns what {@link #difference()} is a difference of, for people. */
  public String measure() {
    return passOrFail ? "pass rate" : "mean score";
  }

  /** Returns whether scores are only 0 and 1. */
  public boolean isPassOrFail() {
    return passOrFail;
  }

  /** Returns in how many pairs the candidate scored higher. */
  public long improved() {
    return Arrays.stream(differences).filter(difference -> difference > 0).count();
  }

  /** Returns in how many pairs the candidate scored lower. */
  public long worsened() {
    return Arrays.stream(differences).filter(difference -> difference < 0).count();
  }

  /** Returns the standard deviation of the differences; 0 for fewer than two pairs. */
  public double standardDeviation() {
    double mean = difference();
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    return differences.length < 2 ? 0 : Math.sqrt(squares / (differences.length - 1));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s against %s: %+.1f points (95 %% interval %+.1f to %+.1f, p = %.2g, %s)",
        candidate(),
        baseline(),
        100 * difference(),
        100 * interval.low(),
        100 * interval.high(),
        pValue,
        test());
  }

  private static List<SampleKey> places(EvaluationReport report) {
    return report.samples().stream().map(SampleResult::key).toList();
  }
}
