package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How the verdict changes with assumptions: the same measurements judged over a small grid of
 * prices of the tuned model, traffic and lifetime of the base model. Immutable and thread-safe.
 */
public final class Sensitivity {
  private final Verdict verdict;
  private final List<Case> cases;

  private Sensitivity(Verdict verdict, List<Case> cases) {
    this.verdict = verdict;
    this.cases = cases;
  }

  /**
   * One point of the grid.
   *
   * @param priceFactor the factor on all known costs of the tuned model
   * @param requestsPerMonth the traffic
   * @param remainingDays the days until the base model is retired; empty if unknown
   * @param verdict the verdict at this point
   * @param breakEven the break-even at this point; empty if prices are unknown
   */
  public record Case(
      double priceFactor,
      long requestsPerMonth,
      OptionalLong remainingDays,
      Verdict verdict,
      Optional<BreakEven> breakEven) {

    /** Returns what the tuned model saves in a month at this point; negative if it costs more. */
    public Optional<Money> savingPerMonth() {
      return breakEven.map(it -> it.savingPerMonth(requestsPerMonth));
    }

    @Override
    public String toString() {
      return "prices x %s, %s requests a month, %s ahead: %s"
          .formatted(
              priceFactor,
              Figures.whole(requestsPerMonth),
              remainingDays.isPresent()
                  ? remainingDays.getAsLong() + " days"
                  : "an unknown number of days",
              verdict.words());
    }
  }

  /**
   * The points of a sensitivity analysis.
   *
   * @param priceFactors factors on the known costs; 1 leaves them unchanged
   * @param trafficFactors factors on the expected traffic, or on 10,000 requests a month if it is
   *     unknown
   * @param lifetimeDays lifetimes of the base model in days, in addition to the known one
   */
  public record Grid(
      List<Double> priceFactors, List<Double> trafficFactors, List<Long> lifetimeDays) {
    private static final long UNKNOWN_TRAFFIC = 10_000;

    /** Copies the lists. */
    public Grid {
      priceFactors = List.copyOf(priceFactors);
      trafficFactors = List.copyOf(trafficFactors);
      lifetimeDays = List.copyOf(lifetimeDays);
    }

    /**
     * Returns half, once and twice the price; a tenth, once and ten times the traffic; 90, 180 and
     * 365 days.
     */
    public static Grid standard() {
      return new Grid(List.of(0.5, 1.0, 2.0), List.of(0.1, 1.0, 10.0), List.of(90L, 180L, 365L));
    }

    private Stream<DecisionDraft.Scenario> around(DecisionDraft.Scenario known) {
      long traffic = known.requestsPerMonth().orElse(UNKNOWN_TRAFFIC);
      List<OptionalLong> lives =
          Stream.concat(
                  Stream.of(known.remainingDays()), lifetimeDays.stream().map(OptionalLong::of))
              .distinct()
              .toList();
      return priceFactors.stream()
          .flatMap(
              price ->
                  trafficFactors.stream()
                      .map(factor -> OptionalLong.of(Math.round(traffic * factor)))
                      .flatMap(
                          requests ->
                              lives.stream()
                                  .map(life -> new DecisionDraft.Scenario(price, requests, life))));
    }
  }

  static Sensitivity of(Evidence evidence, DecisionDraft decided, Grid grid) {
    return new Sensitivity(
        decided.verdict,
        grid.around(decided.scenario)
            .map(scenario -> judged(DecisionDraft.of(evidence, scenario)))
            .toList());
  }

  private static Case judged(DecisionDraft draft) {
    return new Case(
        draft.scenario.priceFactor(),
        draft.scenario.requestsPerMonth().orElseThrow(),
        draft.scenario.remainingDays(),
        draft.verdict,
        Optional.ofNullable(draft.breakEven));
  }

  /** Returns every point of the grid by price, then traffic, then lifetime. */
  public List<Case> cases() {
    return cases;
  }

  /** Returns the points whose verdict differs from the decision's. */
  public List<Case> otherVerdicts() {
    return cases.stream().filter(it -> it.verdict() != verdict).toList();
  }

  /** Returns whether the verdict is the same at every point. */
  public boolean isRobust() {
    return otherVerdicts().isEmpty();
  }

  /** Returns the break-even traffic of each point that has one, ascending. */
  private LongStream breakEvens() {
    return cases.stream()
        .flatMap(it -> it.breakEven().stream())
        .filter(BreakEven::isReachable)
        .mapToLong(it -> it.requestsPerMonth().getAsLong())
        .sorted();
  }

  /** Returns the result as a reason; empty if nothing is known that could change. */
  Optional<Reason> reason() {
    long[] breakEvens = breakEvens().toArray();
    List<Case> others = otherVerdicts();
    if (breakEvens.length == 0 && others.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder sentence = new StringBuilder("The verdict holds in ");
    sentence.append(
        others.isEmpty()
            ? "all " + cases.size()
            : cases.size() - others.size() + " of " + cases.size());
    sentence.append(" cases with other prices, traffic and lifetimes of the base model");
    if (!others.isEmpty()) {
      sentence.append("; it changes, for example, at ").append(others.get(0));
    }
    // A break-even of zero everywhere is not worth mentioning.
    if (breakEvens.length > 0 && breakEvens[breakEvens.length - 1] > 0) {
      sentence
          .append("; the break-even lies between ")
          .append(Figures.whole(breakEvens[0]))
          .append(" and ")
          .append(Figures.whole(breakEvens[breakEvens.length - 1]))
          .append(" requests a month");
      if (breakEvens.length < cases.size()) {
        sentence.append(" in the cases that have one");
      }
    }
    return Optional.of(
        new Reason(
            Reason.Weight.NEUTRAL,
            sentence.append('.').toString(),
            "sensitivity.otherVerdicts = " + others.size()));
  }
}
