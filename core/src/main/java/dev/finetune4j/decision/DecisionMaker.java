package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Comparisons;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.evaluation.Slicing;
import dev.finetune4j.grading.Grade;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether to use a tuned model, from evaluation reports and costs alone. Not thread-safe.
 *
 * <pre>{@code
 * Decision decision =
 *     DecisionMaker.under(DecisionPolicy.builder("exact").minimumGainPoints(5).build())
 *         .baseline(zeroShot)
 *         .baseline(fewShot)
 *         .tuned(tuned)
 *         .decide();
 * }</pre>
 *
 * <p>The tuned model is compared with the best baseline, on the samples that have a grade on both
 * sides. {@link Verdict#FINE_TUNE} requires a gain over every baseline that is significant, one
 * over the best that reaches the policy's minimum, few samples without a grade, and that nothing
 * rules the model out: a cost above the limit, a base model that is retired too soon, or a
 * regression by another grader or on a slice. The verdict is {@link Verdict#KEEP_BASELINE} if
 * something rules it out or the whole 95 % interval of the gain lies below the minimum, and {@link
 * Verdict#NOT_ENOUGH_EVIDENCE} otherwise.
 */
public final class DecisionMaker {
  private final DecisionPolicy policy;
  private final List<EvaluationReport> baselines = new ArrayList<>();
  private final Given given = new Given();

  /** The settings of which the last value counts. */
  private static final class Given {
    private @Nullable EvaluationReport tuned;
    private CostFigures costs = CostFigures.unknown();
    private OptionalLong remainingDays = OptionalLong.empty();
    private Sensitivity.Grid grid = Sensitivity.Grid.standard();
  }

  private DecisionMaker(DecisionPolicy policy) {
    this.policy = policy;
  }

  /** Starts a decision under {@code policy}. */
  public static DecisionMaker under(DecisionPolicy policy) {
    return new DecisionMaker(policy);
  }

  /** Adds the report of a baseline; at least one is required. */
  public DecisionMaker baseline(EvaluationReport report) {
    baselines.add(report);
    return this;
  }

  /** Adds the reports of baselines. */
  public DecisionMaker baselines(List<EvaluationReport> reports) {
    baselines.addAll(reports);
    return this;
  }

  /** Sets the report of the tuned model; required. */
  public DecisionMaker tuned(EvaluationReport report) {
    given.tuned = report;
    return this;
  }

  /** Sets the known costs; by default all are unknown. */
  public DecisionMaker costs(CostFigures figures) {
    given.costs = figures;
    return this;
  }

  /**
   * Sets the last day on which the base model, and so the tuned model, is available; by default
   * unknown.
   */
  public DecisionMaker lifetime(LocalDate today, LocalDate answersUntil) {
    given.remainingDays = OptionalLong.of(ChronoUnit.DAYS.between(today, answersUntil));
    return this;
  }

  /** Sets the grid of the sensitivity analysis; by default {@link Sensitivity.Grid#standard()}. */
  public DecisionMaker sensitivity(Sensitivity.Grid grid) {
    given.grid = grid;
    return this;
  }

  /**
   * Returns the decision. Makes no request.
   *
   * @throws IllegalStateException if there is no tuned model or no baseline
   * @throws IllegalArgumentException if the reports are of different data sets, lack a grader of
   *     the policy, two have one name, or amounts have different currencies
   */
  public Decision decide() {
    EvaluationReport candidate = given.tuned;
    if (candidate == null || baselines.isEmpty()) {
      throw new IllegalStateException(
          "A decision needs the tuned model and at least one baseline.");
    }
    requireDistinctNames(candidate);
    Evidence evidence = measure(candidate, best());
    DecisionDraft.Scenario known =
        new DecisionDraft.Scenario(1, policy.requestsPerMonth(), given.remainingDays);
    DecisionDraft draft = DecisionDraft.of(evidence, known);
    Sensitivity sensitivity = Sensitivity.of(evidence, draft, given.grid);
    sensitivity.reason().ifPresent(draft.reasons::add);
    return new Decision(draft, sensitivity);
  }

  private Evidence measure(EvaluationReport candidate, EvaluationReport best) {
    List<String> graders = policy.mustNotRegress().stream().sorted().toList();
    Comparison comparison = compare(candidate, best, policy.grader());
    List<Slice> slices = comparison.slices(policy.mustNotRegressOn().toArray(Slicing[]::new));
    // Everything that must not regress is one family, since more tests mean more chance findings.
    List<Comparison> family =
        Comparisons.adjusted(
                Stream.concat(
                        graders.stream().map(grader -> compare(candidate, best, grader)),
                        slices.stream().map(Slice::comparison))
                    .toList())
            .all();
    return new Evidence(
            policy,
            comparison,
            Evidence.Gain.of(
                policy,
                comparison,
                baselines.stream().map(it -> compare(candidate, it, policy.grader())).toList()),
            family.subList(0, graders.size()),
            IntStream.range(0, slices.size())
                .mapToObj(i -> slices.get(i).with(family.get(graders.size() + i)))
                .toList(),
            alternatives(candidate)
                .map(report -> AlternativeSummary.of(report, policy, given.costs))
                .toList(),
            alternatives(candidate).map(report -> report.missing(policy.grader())).toList(),
            given.costs)
        .withTestExamplesNeeded();
  }

  private Comparison compare(EvaluationReport candidate, EvaluationReport best, String grader) {
    Comparison comparison = candidate.comparedTo(best, grader);
    return policy.clusterTag().map(comparison::clusteredBy).orElse(comparison);
  }

  /**
   * Returns the baseline with the highest mean grade; among equal ones, the one with fewer tokens.
   */
  private EvaluationReport best() {
    return baselines.stream()
        .min(
            Comparator.comparingDouble((EvaluationReport report) -> -meanGrade(report))
                .thenComparingDouble(
                    report -> report.meanPromptTokens() + report.meanCompletionTokens()))
        .orElseThrow();
  }

  private double meanGrade(EvaluationReport report) {
    return report.samples().stream()
        .flatMap(sample -> Stream.ofNullable(sample.grades().get(policy.grader())))
        .mapToDouble(Grade::score)
        .average()
        .orElse(0);
  }

  private Stream<EvaluationReport> alternatives(EvaluationReport candidate) {
    return Stream.concat(baselines.stream(), Stream.of(candidate));
  }

  private void requireDistinctNames(EvaluationReport candidate) {
    Set<String> names = new HashSet<>();
    alternatives(candidate)
        .map(EvaluationReport::name)
        .filter(name -> !names.add(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "There are two alternatives named \"" + name + "\": give each its own name.");
            });
  }
}
