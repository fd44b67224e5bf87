package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.grading.Grade;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Puts the grades of several assertions together as promptfoo does: the weighted mean is the score;
 * it passes if all pass, or where there is a threshold, from there on. An assertion of weight 0 is
 * shown and never fails. Stateless.
 */
final class WeightedGrades {
  private WeightedGrades() {}

  static Grade of(
      List<Assertion> assertions, OptionalDouble threshold, Function<Assertion, Grade> grading) {
    double score = 0;
    double weight = 0;
    List<String> failed = new ArrayList<>();
    for (Assertion assertion : assertions) {
      if (assertion.weight() == 0) {
        continue;
      }
      Grade grade = grading.apply(assertion);
      score += assertion.weight() * grade.score();
      weight += assertion.weight();
      if (!grade.passed()) {
        failed.add(assertion.name() + grade.reason().map(reason -> ": " + reason).orElse(""));
      }
    }
    double mean = weight == 0 ? 1 : score / weight;
    if (threshold.isPresent()) {
      boolean passed = mean >= threshold.getAsDouble();
      String why =
          String.format(
              Locale.ROOT, "%.3f of at least %.3f. %s", mean, threshold.getAsDouble(), failed);
      return new Grade(mean, passed, passed ? Optional.empty() : Optional.of(why));
    }
    return new Grade(
        mean,
        failed.isEmpty(),
        failed.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failed)));
  }
}
