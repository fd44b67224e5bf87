package dev.finetune4j.report;

import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.decision.Decision;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The alternatives that charts and samples show: with fifty, only the best are readable. */
final class BestFew {
  private static final int MOST = 8;

  private BestFew() {}

  /**
   * Returns the alternatives to show, in the order of the decision: those with the best scores, and
   * always the tuned model and the best baseline.
   */
  static List<AlternativeSummary> of(Decision decision) {
    List<AlternativeSummary> all = decision.alternatives();
    Stream<String> compared =
        Stream.of(decision.comparison().candidate(), decision.comparison().baseline());
    Stream<String> best =
        all.stream()
            .sorted(Comparator.comparingDouble(each -> -each.score().mean()))
            .map(AlternativeSummary::name);
    Set<String> shown =
        Stream.concat(compared, best).distinct().limit(MOST).collect(Collectors.toSet());
    return all.stream().filter(each -> shown.contains(each.name())).toList();
  }

  /** Returns what to add to the title of a chart that leaves out alternatives; else nothing. */
  static String note(Decision decision) {
    int all = decision.alternatives().size();
    return all > MOST ? ": the best " + MOST + " of " + all : "";
  }
}
