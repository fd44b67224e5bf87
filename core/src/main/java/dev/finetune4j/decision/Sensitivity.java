package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How the answer changes if the world does: the same measurements judged anew over a small grid of
 * prices of the tuned model, traffic, and life of the base model. Immutable and thread-safe.
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
   * @param priceFactor how many times as dear as known all that the tuned model costs is
   * @param requestsPerMonth the traffic
   * @param remainingDays the days that the base model answers; empty if unknown
   * @param verdict the answer here
   * @param breakEven from which traffic on it is cheaper here; empty if prices are unknown
   */
  public record Case(
      double priceFactor,
      long requestsPerMonth,
      OptionalLong remainingDays,
      Verdict verdict,
      Optional<BreakEven> breakEven) {

    /** Returns what the tuned model saves in a month here; negative if it costs more. */
    public Optional<Money> savingPerMonth() {
      return breakEven.map(it -> it.savingPerMonth(requestsPerMonth));
    }

    @Override
    public String toString() {
      return "prices x "
          + priceFactor
          + ", "
          + Figures.whole(requestsPerMonth)
          + " requests a month, "
          + (remainingDays.isPresent() ? remainingDays.getAsLong() + " days" : "no end")
          + " ahead: "
          + verdict;
    }
  }

  /**
   * What is tried.
   *
   * @param priceFactors how many times as dear; 1 is as known
   * @param trafficFactors how many times the expected traffic; of 10,000 requests a month where
   *     none is expected
   * @param lifetimeDays the days that the base model still answers, tried beside what is known
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

    private Stream<Scenario> around(Scenario known) {
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
                              lives.stream().map(life -> new Scenario(price, requests, life))));
    }
  }

  static Sensitivity of(Measured measured, Draft decided, Grid grid) {
    return new Sensitivity(
        decided.verdict,
        grid.around(decided.scenario)
            .map(scenario -> judged(Draft.of(measured, scenario)))
            .toList());
  }

  private static Case judged(Draft draft) {
    return new Case(
        draft.scenario.priceFactor(),
        draft.scenario.requestsPerMonth().orElseThrow(),
        draft.scenario.remainingDays(),
        draft.verdict,
        Optional.ofNullable(draft.breakEven));
  }

  /** Returns every point of the grid, by price, then traffic, then life. */
  public List<Case> cases() {
    return cases;
  }

  /** Returns the points with another verdict than the decision's. */
  public List<Case> otherVerdicts() {
    return cases.stream().filter(it -> it.verdict() != verdict).toList();
  }

  /** Returns whether the verdict is the same all over the grid. */
  public boolean isRobust() {
    return otherVerdicts().isEmpty();
  }

  /** Returns the break-even traffics of the grid, ascending; points without one have none. */
  private LongStream breakEvens() {
    return cases.stream()
        .flatMap(it -> it.breakEven().stream())
        .filter(BreakEven::isReachable)
        .mapToLong(it -> it.requestsPerMonth().getAsLong())
        .sorted();
  }

  /** Returns the reason of it in words; empty where nothing that could change is known. */
  Optional<Reason> reason() {
    long[] breakEvens = breakEvens().toArray();
    List<Case> others = otherVerdicts();
    if (breakEvens.length == 0 && others.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder sentence = new StringBuilder();
    sentence.append(
        others.isEmpty()
            ? "The verdict holds in all " + cases.size() + " cases"
            : "The verdict holds in "
                + (cases.size() - others.size())
                + " of "
                + cases.size()
                + " cases");
    sentence.append(" of other prices, traffic and life of the base model");
    if (!others.isEmpty()) {
      sentence.append("; not, for example, at ").append(others.get(0));
    }
    // Where nothing has to come back, there is nothing to say of it.
    if (breakEvens.length > 0 && breakEvens[breakEvens.length - 1] > 0) {
      sentence
          .append("; the break-even lies between ")
          .append(Figures.whole(breakEvens[0]))
          .append(" and ")
          .append(Figures.whole(breakEvens[breakEvens.length - 1]))
          .append(" requests a month");
      if (breakEvens.length < cases.size()) {
        sentence.append(" where there is one");
      }
    }
    return Optional.of(
        new Reason(
            Reason.Weight.NEUTRAL,
            sentence.append('.').toString(),
            "sensitivity.otherVerdicts = " + others.size()));
  }
}
