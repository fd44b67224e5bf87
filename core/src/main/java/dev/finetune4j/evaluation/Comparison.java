package dev.finetune4j.evaluation;

import dev.finetune4j.statistics.Bootstrap;
import dev.finetune4j.statistics.GroupedValues;
import dev.finetune4j.statistics.Interval;
import dev.finetune4j.statistics.PairedPasses;
import dev.finetune4j.statistics.PairedTest;
import dev.finetune4j.statistics.SampleSize;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two alternatives on the same samples, pair by pair. Where scores are only 0 and 1 the figures are
 * pass rates, the test is McNemar's exact one and the interval that of Agresti and Min; else they
 * are mean scores, the test flips signs and the interval is a bootstrap (BCa). All are two-sided,
 * and what is drawn has a fixed seed. Where examples were asked several times, or {@link
 * #clusteredBy} names a tag, whole groups are drawn and flipped, and the test is always a
 * permutation. Immutable and thread-safe.
 */
public final class Comparison {
  private final Pairing pairing;
  private final GroupedValues differences;
  private final PairedTest test;
  private final double pValue;
  private final Interval interval;
  private final Family family;

  /**
   * The tests that are looked at together with this one.
   *
   * @param adjustedPValue this one's p-value among them, after Holm
   * @param tests how many there are
   */
  private record Family(double adjustedPValue, int tests) {}

  private Comparison(Pairing pairing, PairedTest test) {
    this.pairing = pairing;
    this.test = test;
    differences = pairing.differences();
    pValue = test.pValue(differences);
    interval =
        pairing.passOrFail()
            ? PairedPasses.interval(differences, Interval.USUAL_LEVEL)
            : Bootstrap.biasCorrected(differences, Interval.USUAL_LEVEL);
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

  /**
   * Returns the same comparison by another test; corrections for several tests are dropped.
   *
   * @throws IllegalArgumentException for McNemar's test of pairs in groups
   */
  public Comparison by(PairedTest other) {
    return new Comparison(pairing, other);
  }

  /**
   * Returns the same comparison where samples with one value of {@code tag} belong together, for
   * example all of one customer: intervals grow as honesty asks.
   *
   * @throws IllegalArgumentException if a sample has no such tag
   */
  public Comparison clusteredBy(String tag) {
    return of(pairing.groupedByTag(tag));
  }

  /**
   * Cuts the samples into slices and compares in each; the p-values are corrected after Holm for
   * all slices of this call. Pure, as dear as a comparison for each slice.
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

  /** Returns the name of the alternative that is on trial. */
  public String candidate() {
    return pairing.candidate();
  }

  /** Returns the name of the alternative that it is held against. */
  public String baseline() {
    return pairing.baseline();
  }

  /** Returns the grader whose grades are compared. */
  public String grader() {
    return pairing.grader();
  }

  /** Returns how many pairs there are: all samples, failed ones included. */
  public long pairs() {
    return differences.size();
  }

  /** Returns how many examples the pairs are of: fewer than pairs if asked several times. */
  public long examples() {
    return pairing.examples();
  }

  /** Returns the candidate's mean score (pass rate) minus the baseline's, from -1 to 1. */
  public double difference() {
    return differences.mean();
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

  /**
   * Returns the p-value corrected after Holm for the tests that are looked at together; that of
   * {@link #pValue()} if this one stands alone.
   */
  public double adjustedPValue() {
    return family.adjustedPValue();
  }

  /** Returns how many tests are looked at together, this one included. */
  public int familySize() {
    return family.tests();
  }

  /** Returns the name of the test, for people. */
  public String test() {
    return differences.isGrouped()
        ? test.title() + ", clustered by " + pairing.groupedBy()
        : test.title();
  }

  /** Returns what {@link #difference()} is a difference of, for people. */
  public String measure() {
    return pairing.passOrFail() ? "pass rate" : "mean score";
  }

  /** Returns whether scores are only 0 and 1. */
  public boolean isPassOrFail() {
    return pairing.passOrFail();
  }

  /**
   * Returns whether the candidate is shown to be at most {@code margin} worse than the baseline:
   * the whole 95 % interval lies above that, which a candidate that is worse by the margin passes
   * at most once in forty times. Too small a test set shows nothing, and gives false.
   *
   * @param margin what may be lost, as a share: 0.02 is 2 points; 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public boolean isNotWorseThan(double margin) {
    if (!(margin >= 0)) {
      throw new IllegalArgumentException("A margin is 0 or more, not " + margin + ".");
    }
    return interval.low() >= -margin;
  }

  /** Returns whether the candidate is better by more than chance, corrected p at most 0.05. */
  public boolean isBetter() {
    return difference() > 0 && adjustedPValue() <= 1 - Interval.USUAL_LEVEL;
  }

  /** Returns in how many pairs the candidate scored higher. */
  public long improved() {
    return Arrays.stream(differences.values()).filter(difference -> difference > 0).count();
  }

  /** Returns in how many pairs the candidate scored lower. */
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

  /** Returns the differences, with what belongs together among them. */
  public GroupedValues differences() {
    return differences;
  }

  /**
   * Returns how many examples of this kind would find a gain with a power of 0.8, going by how much
   * the two differ here; empty if no realistic number would.
   *
   * @param gain as a share: 0.05 is 5 points
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

  private SampleSize variation() {
    if (differences.isGrouped()) {
      double[] means = differences.groupMeans();
      return SampleSize.forScores(GroupedValues.independent(means).standardDeviation());
    } else if (pairing.passOrFail()) {
      // One more pair to each side, so that a small set without differences does not look certain.
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
