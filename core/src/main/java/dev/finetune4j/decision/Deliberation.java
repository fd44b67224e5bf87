package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Comparisons;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.evaluation.Slicing;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects what was measured and what it costs, and decides: a pure function of what it is given.
 * Not thread-safe.
 *
 * <pre>{@code
 * Decision decision =
 *     Deliberation.under(DecisionPolicy.builder("exact").minimumGainPoints(5).build())
 *         .baseline(zeroShot)
 *         .baseline(fewShot)
 *         .tuned(tuned)
 *         .decide();
 * }</pre>
 *
 * <p>The tuned model is held against the best baseline. {@link Verdict#FINE_TUNE} needs a gain of
 * at least the policy's minimum whose p-value is within the policy's level, and nothing that
 * forbids it: a cost above the limit, a base model that ends too soon, or another grader or a slice
 * by which it got worse. {@link Verdict#KEEP_BASELINE} is said where something forbids it, or where
 * the whole 95 % interval of the gain lies below the minimum. All else is {@link
 * Verdict#NOT_ENOUGH_EVIDENCE}.
 */
public final class Deliberation {
  private final DecisionPolicy policy;
  private final List<EvaluationReport> baselines = new ArrayList<>();
  private final Given given = new Given();

  /** What can be given at most once, the last word counting. */
  private static final class Given {
    private @Nullable EvaluationReport tuned;
    private CostFigures costs = CostFigures.unknown();
    private OptionalLong remainingDays = OptionalLong.empty();
    private Sensitivity.Grid grid = Sensitivity.Grid.standard();
  }

  private Deliberation(DecisionPolicy policy) {
    this.policy = policy;
  }

  /** Starts a deliberation under {@code policy}. */
  public static Deliberation under(DecisionPolicy policy) {
    return new Deliberation(policy);
  }

  /** Adds a measured alternative; at least one is needed. */
  public Deliberation baseline(EvaluationReport report) {
    baselines.add(report);
    return this;
  }

  /** Adds measured alternatives. */
  public Deliberation baselines(List<EvaluationReport> reports) {
    baselines.addAll(reports);
    return this;
  }

  /** Sets the measured tuned model; required. */
  public Deliberation tuned(EvaluationReport report) {
    given.tuned = report;
    return this;
  }

  /** Sets what is known of the costs; by default nothing. */
  public Deliberation costs(CostFigures figures) {
    given.costs = figures;
    return this;
  }

  /** Sets until when the base model, and with it the tuned one, answers; by default unknown. */
  public Deliberation lifetime(LocalDate today, LocalDate answersUntil) {
    given.remainingDays = OptionalLong.of(ChronoUnit.DAYS.between(today, answersUntil));
    return this;
  }

  /** Sets the grid over which the answer is tried; by default the standard one. */
  public Deliberation sensitivity(Sensitivity.Grid grid) {
    given.grid = grid;
    return this;
  }

  /**
   * Decides. No I/O.
   *
   * @throws IllegalStateException if there is no tuned model or no baseline
   * @throws IllegalArgumentException if the reports are not of one data set, or lack a grader that
   *     the policy names, or amounts are in different currencies
   */
  public Decision decide() {
    EvaluationReport candidate = given.tuned;
    if (candidate == null || baselines.isEmpty()) {
      throw new IllegalStateException(
          "A decision needs the tuned model and at least one baseline.");
    }
    Measured measured = measure(candidate, best());
    Scenario known = new Scenario(1, policy.requestsPerMonth(), given.remainingDays);
    Draft draft = Draft.of(measured, known);
    Sensitivity sensitivity = Sensitivity.of(measured, draft, given.grid);
    sensitivity.reason().ifPresent(draft.reasons::add);
    return new Decision(draft, sensitivity);
  }

  private Measured measure(EvaluationReport candidate, EvaluationReport best) {
    List<String> graders = policy.mustNotRegress().stream().sorted().toList();
    Comparison comparison = compare(candidate, best, policy.grader());
    List<Slice> slices = comparison.slices(policy.mustNotRegressOn().toArray(Slicing[]::new));
    // All that must not regress is one family: the more is watched, the more looks worse by chance.
    List<Comparison> family =
        Comparisons.adjusted(
                Stream.concat(
                        graders.stream().map(grader -> compare(candidate, best, grader)),
                        slices.stream().map(Slice::comparison))
                    .toList())
            .all();
    Measured measured =
        new Measured(
            policy,
            comparison,
            family.subList(0, graders.size()),
            IntStream.range(0, slices.size())
                .mapToObj(i -> slices.get(i).with(family.get(graders.size() + i)))
                .toList(),
            summaries(candidate),
            given.costs,
            OptionalLong.empty());
    return measured.withTestExamplesNeeded(Evidence.settling(measured));
  }

  private Comparison compare(EvaluationReport candidate, EvaluationReport best, String grader) {
    Comparison comparison = candidate.comparedTo(best, grader);
    return policy.clusterTag().map(comparison::clusteredBy).orElse(comparison);
  }

  /** Returns the baseline with the highest score; of equal ones the one with fewer tokens. */
  private EvaluationReport best() {
    return baselines.stream()
        .min(
            Comparator.comparingDouble(
                    (EvaluationReport report) -> -report.score(policy.grader()).mean())
                .thenComparingDouble(
                    report -> report.meanPromptTokens() + report.meanCompletionTokens()))
        .orElseThrow();
  }

  private List<AlternativeSummary> summaries(EvaluationReport candidate) {
    return Stream.concat(baselines.stream(), Stream.of(candidate))
        .map(report -> AlternativeSummary.of(report, policy.grader(), given.costs))
        .toList();
  }
}
