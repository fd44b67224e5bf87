package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Slicing;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.statistics.SampleSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a comparison is to show, stated before anything is paid for: a workflow stores it with its
 * journal before the job, and the report says which conclusions were planned. Immutable and
 * thread-safe; no I/O.
 *
 * <p>Nothing is known of the baselines yet, so the gains are those of the worst case: a baseline
 * that passes half of the examples and fails independently of the tuned model. Models that mostly
 * fail on the same examples, and scores other than 0 and 1, need fewer examples; groups of
 * dependent examples need more.
 *
 * @param grader the grader that decides
 * @param testExamples the number of test examples
 * @param baselines the number of baselines, each of which must be beaten
 * @param minimumGainPoints the least gain, in points of a hundred
 * @param significanceLevel the two-sided level of the gain
 * @param power the chance to find a gain of {@code detectableGainPoints}
 * @param detectableGainPoints the least gain that the test examples find, at least the minimum;
 *     empty if they find none
 * @param examplesForMinimum how many examples find the minimum gain; empty if no realistic number
 * @param clusterTag the tag whose values are groups of dependent examples
 * @param mustNotRegress the other graders by which the tuned model must not be worse, sorted
 * @param mustNotRegressOn the names of the slices on which it must not be worse
 */
public record StudyPlan(
    String grader,
    long testExamples,
    int baselines,
    double minimumGainPoints,
    double significanceLevel,
    double power,
    OptionalDouble detectableGainPoints,
    OptionalLong examplesForMinimum,
    Optional<String> clusterTag,
    List<String> mustNotRegress,
    List<String> mustNotRegressOn) {
  private static final double POWER = 0.8;
  private static final double WORST_PASS_RATE = 0.5;

  /** Copies the lists. */
  public StudyPlan {
    mustNotRegress = List.copyOf(mustNotRegress);
    mustNotRegressOn = List.copyOf(mustNotRegressOn);
  }

  /**
   * Returns the plan of a comparison under {@code policy}.
   *
   * @param testExamples the number of test examples, 0 or more
   * @param baselines the number of baselines
   */
  public static StudyPlan of(DecisionPolicy policy, long testExamples, int baselines) {
    SampleSize size =
        SampleSize.forPassRate(WORST_PASS_RATE).power(POWER).level(policy.significanceLevel());
    double minimum = policy.minimumGainPoints();
    OptionalDouble found = size.detectable(testExamples);
    return new StudyPlan(
        policy.grader(),
        testExamples,
        baselines,
        minimum,
        policy.significanceLevel(),
        POWER,
        found.isPresent() ? OptionalDouble.of(Math.max(minimum, 100 * found.getAsDouble())) : found,
        minimum > 0 ? size.toDetect(minimum / 100) : OptionalLong.empty(),
        policy.clusterTag(),
        policy.mustNotRegress().stream().sorted().toList(),
        policy.mustNotRegressOn().stream().map(Slicing::name).toList());
  }

  /** Returns whether the test examples suffice to find the minimum gain, also in the worst case. */
  public boolean findsMinimum() {
    return examplesForMinimum.isPresent() && examplesForMinimum.getAsLong() <= testExamples;
  }

  /** Returns whether a conclusion by this grader, over all examples, was planned. */
  public boolean isPlanned(String otherGrader) {
    return otherGrader.equals(grader) || mustNotRegress.contains(otherGrader);
  }

  /** Returns the plan in sentences. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        String.format(
            Locale.ROOT,
            "Planned: %,d test examples, graded by \"%s\"; the tuned model is to be better than %s"
                + " by %.1f points at level %s.",
            testExamples,
            grader,
            baselines == 1 ? "the baseline" : "each of " + baselines + " baselines",
            minimumGainPoints,
            significanceLevel));
    sentences.add(
        detectableGainPoints.isEmpty()
            ? "So few examples find no gain, however large, with a chance of "
                + Figures.percent(power)
                + needed()
            : String.format(
                Locale.ROOT,
                "At worst they find a gain of %.1f points or more over a baseline with a chance of"
                    + " %s%s",
                detectableGainPoints.getAsDouble(),
                Figures.percent(power),
                needed()));
    clusterTag.ifPresent(
        tag -> sentences.add("Examples with one value of \"" + tag + "\" count as one group."));
    if (!mustNotRegress.isEmpty() || !mustNotRegressOn.isEmpty()) {
      List<String> all = new ArrayList<>();
      mustNotRegress.forEach(name -> all.add("by \"" + name + "\""));
      mustNotRegressOn.forEach(name -> all.add("on each slice by " + name));
      sentences.add("It must not be worse " + String.join(", ", all) + ".");
    }
    return sentences;
  }

  private String needed() {
    return findsMinimum() || examplesForMinimum.isEmpty()
        ? "."
        : String.format(
            Locale.ROOT,
            "; %,d examples would find %.1f points.",
            examplesForMinimum.getAsLong(),
            minimumGainPoints);
  }

  /** Returns the plan as JSON, which {@link #parse} reads. */
  public String json() {
    return Json.write(
        JsonObject.empty()
            .put("version", 1L)
            .put("grader", grader)
            .put("testExamples", testExamples)
            .put("baselines", (long) baselines)
            .put("minimumGainPoints", minimumGainPoints)
            .put("significanceLevel", significanceLevel)
            .put("power", power)
            .putIfPresent("detectableGainPoints", detectableGainPoints)
            .putIfPresent("examplesForMinimum", examplesForMinimum)
            .putIfPresent("clusterTag", clusterTag)
            .put("mustNotRegress", mustNotRegress)
            .put("mustNotRegressOn", mustNotRegressOn)
            .asMap());
  }

  /**
   * Reads what {@link #json} wrote; members of later releases are ignored.
   *
   * @throws dev.finetune4j.json.JsonSyntaxException if it is something else
   */
  public static StudyPlan parse(String json) {
    JsonObject plan = Json.parseObject(json);
    return new StudyPlan(
        plan.requireString("grader"),
        plan.requireLong("testExamples"),
        (int) plan.requireLong("baselines"),
        plan.requireDouble("minimumGainPoints"),
        plan.requireDouble("significanceLevel"),
        plan.requireDouble("power"),
        plan.findDouble("detectableGainPoints"),
        plan.findLong("examplesForMinimum"),
        plan.findString("clusterTag"),
        plan.list("mustNotRegress").stream().map(String::valueOf).toList(),
        plan.list("mustNotRegressOn").stream().map(String::valueOf).toList());
  }
}
