package dev.finetune4j.evaluation;

import dev.finetune4j.statistics.GroupedValues;
import dev.finetune4j.statistics.Interval;
import dev.finetune4j.statistics.PairedPasses;
import dev.finetune4j.statistics.PairedTest;
import dev.finetune4j.statistics.SampleSize;
import dev.finetune4j.statistics.Settling;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares a candidate with a baseline on the same samples, pair by pair. If all scores are 0 or 1,
 * it compares pass rates with McNemar's exact test and Tango's score interval; otherwise it
 * compares mean scores with a sign-flipping permutation test and {@link Interval#ofMean}. Only
 * samples with a grade on both sides are compared. Everything is two-sided, and random draws have a
 * fixed seed. If examples were asked several times, or {@link #clusteredBy} names a tag, whole
 * groups are drawn and flipped, and the test is always a permutation test. Immutable and
 * thread-safe.
 */
public final class Comparison {
  private final Pairing pairing;
  private final GroupedValues differences;
  private final PairedTest test;
  private final double pValue;
  private final Interval interval;
  private final Family family;

  /**
   * The family of tests that this one belongs to.
   *
   * @param adjustedPValue the Holm-corrected p-value of this test
   * @param tests the number of tests in the family
   */
  private record Family(double adjustedPValue, int tests) {}

  private Comparison(Pairing pairing, PairedTest test) {
    this.pairing = pairing;
    this.test = test;
    differences = pairing.differences();
    pValue = test.pValue(differences);
    interval = interval(pairing, Interval.USUAL_LEVEL);
    family = new Family(pValue, 1);
  }

  private Comparison(Comparison other, Family family) {
    pairing = other.pairing;
    differences = other.differences;
    test = other.test;
    pValue = other.pValue;
    interval = other.interval;
    this.family = family;
  }

  static Comparison between(EvaluationReport candidate, EvaluationReport baseline, String grader) {
    return of(Pairing.of(candidate, baseline, grader));
  }

  static Comparison of(Pairing pairing) {
    boolean exact = pairing.passOrFail() && !pairing.differences().isGrouped();
    return new Comparison(pairing, exact ? PairedTest.MCNEMAR : PairedTest.PERMUTATION);
  }

  private static Interval interval(Pairing pairing, double level) {
    GroupedValues differences = pairing.differences();
    return pairing.passOrFail()
        ? PairedPasses.interval(differences, level)
        : Interval.ofMean(differences, level);
  }

  /**
   * Returns the same comparison with another test, without any correction for multiple tests.
   *
   * @throws IllegalArgumentException if McNemar's test is requested for grouped pairs
   */
  public Comparison by(PairedTest other) {
    return new Comparison(pairing, other);
  }

  /**
   * Returns the same comparison with samples grouped by {@code tag}, for example by customer.
   * Intervals widen to account for the clustering.
   *
   * @throws IllegalArgumentException if a sample lacks the tag
   */
  public Comparison clusteredBy(String tag) {
    return of(pairing.groupedByTag(tag));
  }

  /**
   * Compares the alternatives on each slice of the samples. The p-values are Holm-corrected for all
   * slices of this call. Makes no request; takes as long as one comparison for each slice.
   */
  public List<Slice> slices(Slicing... slicings) {
    List<Slice> slices =
        Stream.of(slicings)
            .flatMap(
                slicing ->
                    slicing.cut(pairing.candidates()).entrySet().stream()
                        .map(
                            cut ->
                                Slice.of(slicing.name(), cut.getKey(), pairing.at(cut.getValue()))))
            .toList();
    List<Comparison> family =
        Comparisons.adjusted(slices.stream().map(Slice::comparison).toList()).all();
    return IntStream.range(0, slices.size())
        .mapToObj(i -> slices.get(i).with(family.get(i)))
        .toList();
  }

  Comparison adjusted(double adjustedPValue, int tests) {
    return new Comparison(this, new Family(adjustedPValue, tests));
  }

  /** Returns the name of the candidate. */
  public String candidate() {
    return pairing.candidate();
  }

  /** Returns the name of the baseline. */
  public String baseline() {
    return pairing.baseline();
  }

  /** Returns the grader whose grades are compared. */
  public String grader() {
    return pairing.grader();
  }

  /**
   * Returns the number of pairs: the samples that have a grade on both sides. {@link #missing()}
   * counts the others.
   */
  public long pairs() {
    return differences.size();
  }

  /**
   * Returns the number of examples, which is less than that of pairs if examples were asked several
   * times.
   */
  public long examples() {
    return pairing.examples();
  }

  /** Returns the candidate's mean score (pass rate) minus the baseline's, from -1 to 1. */
  public double difference() {
    return differences.mean();
  }

  /** Returns the candidate's mean score over the pairs; 0 if there are none. */
  public double candidateMean() {
    return mean(SamplePair::candidate);
  }

  /** Returns the baseline's mean score over the pairs; 0 if there are none. */
  public double baselineMean() {
    return mean(SamplePair::baseline);
  }

  private double mean(Function<SamplePair, SampleResult> side) {
    return samplePairs().stream()
        .mapToDouble(pair -> side.apply(pair).score(grader()))
        .average()
        .orElse(0);
  }

  /**
   * Returns the samples that have no grade and are not compared: the candidate's, the baseline's.
   */
  public List<MissingSamples> missing() {
    return pairing.missing();
  }

  /** Returns the 95 % interval of {@link #difference()}. */
  public Interval interval() {
    return interval;
  }

  /** Returns the interval of {@link #difference()} at another level, between 0 and 1. */
  public Interval interval(double level) {
    return level == Interval.USUAL_LEVEL ? interval : interval(pairing, level);
  }

  /**
   * Returns the probability of a difference at least this large, in either direction, if both were
   * equally good.
   */
  public double pValue() {
    return pValue;
  }

  /**
   * Returns the Holm-corrected p-value, or {@link #pValue()} if this test is not part of a family.
   */
  public double adjustedPValue() {
    return family.adjustedPValue();
  }

  /** Returns the number of tests in the family, including this one. */
  public int familySize() {
    return family.tests();
  }

  /** Returns the name of the test for display. */
  public String test() {
    return differences.isGrouped()
        ? test.title() + ", clustered by " + pairing.groupedBy()
        : test.title();
  }

  /** Returns what {@link #difference()} measures, for display. */
  public String measure() {
    return pairing.passOrFail() ? "pass rate" : "mean score";
  }

  /** Returns whether all scores are 0 or 1. */
  public boolean isPassOrFail() {
    return pairing.passOrFail();
  }

  /**
   * Returns whether the whole 95 % interval lies above {@code -margin}, which shows that the
   * candidate is at most {@code margin} worse than the baseline. A candidate that is worse by
   * exactly the margin passes once in forty times at most. A test set that is too small shows
   * nothing and returns false.
   *
   * @param margin the acceptable loss as a fraction, 0 or more: 0.02 is 2 points
   * @throws IllegalArgumentException if it is negative
   */
  public boolean isNotWorseThan(double margin) {
    if (!(margin >= 0)) {
      throw new IllegalArgumentException("margin must be 0 or more, was " + margin + ".");
    }
    return interval.low() >= -margin;
  }

  /** Returns whether the candidate is significantly better (corrected p at most 0.05). */
  public boolean isBetter() {
    return difference() > 0 && adjustedPValue() <= 1 - Interval.USUAL_LEVEL;
  }

  /** Returns the number of pairs in which the candidate scored higher. */
  public long improved() {
    return Arrays.stream(differences.values()).filter(difference -> difference > 0).count();
  }

  /** Returns the number of pairs in which the candidate scored lower. */
  public long worsened() {
    return Arrays.stream(differences.values()).filter(difference -> difference < 0).count();
  }

  /** Returns the pairs in which the candidate scored lower, the largest loss first. */
  public List<SamplePair> regressions() {
    return samplePairs().stream()
        .filter(pair -> pair.difference() < 0)
        .sorted(Comparator.comparingDouble(SamplePair::difference))
        .toList();
  }

  /** Returns the pairs in which the candidate scored higher, the largest gain first. */
  public List<SamplePair> improvements() {
    return samplePairs().stream()
        .filter(pair -> pair.difference() > 0)
        .sorted(Comparator.comparingDouble(pair -> -pair.difference()))
        .toList();
  }

  /** Returns every pair, in the order of the data set. */
  public List<SamplePair> samplePairs() {
    return pairing.pairs();
  }

  /** Returns the standard deviation of the differences; 0 for fewer than two pairs. */
  public double standardDeviation() {
    return differences.standardDeviation();
  }

  /** Returns the differences with their groups. */
  public GroupedValues differences() {
    return differences;
  }

  /**
   * Returns how many examples would detect a gain with a power of 0.8, given the variation seen
   * here; empty if no realistic number would.
   *
   * @param gain the gain as a fraction: 0.05 is 5 points
   * @param level the two-sided significance level
   */
  public OptionalLong examplesToDetect(double gain, double level) {
    OptionalLong needed = variation().level(level).toDetect(gain);
    if (needed.isEmpty() || !differences.isGrouped()) {
      return needed;
    }
    double perGroup = (double) examples() / differences.groups();
    return OptionalLong.of((long) Math.ceil(needed.getAsLong() * perGroup));
  }

  /**
   * Returns the total number of examples that would settle a question with a probability of 0.8 if
   * the truth is as seen here; empty if no realistic number would, or nothing was compared.
   */
  public OptionalLong examplesToSettle(Settling question) {
    double pairs = pairs();
    if (pairs == 0) {
      return OptionalLong.empty();
    }
    if (pairing.passOrFail() && !differences.isGrouped()) {
      // One side without any win is not certain to win never.
      double extra = improved() == 0 || worsened() == 0 ? 0.5 : 0;
      return question.pairs(
          (improved() + extra) / (pairs + 2 * extra), (worsened() + extra) / (pairs + 2 * extra));
    }
    double[] means = differences.groupMeans();
    OptionalLong groups =
        question.scores(difference(), GroupedValues.independent(means).standardDeviation());
    double perGroup = (double) examples() / means.length;
    return groups.isEmpty()
        ? groups
        : OptionalLong.of((long) Math.ceil(groups.getAsLong() * perGroup));
  }

  private SampleSize variation() {
    if (differences.isGrouped()) {
      double[] means = differences.groupMeans();
      return SampleSize.forScores(GroupedValues.independent(means).standardDeviation());
    } else if (pairing.passOrFail()) {
      // Add one pair to each side, so that a small set without differences does not look certain.
      return SampleSize.forPasses((improved() + worsened() + 1.0) / (pairs() + 2.0));
    }
    return SampleSize.forScores(standardDeviation());
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
}
