package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.StringOperation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assertions as grader specifications for a provider. Each example stores what its test expects
 * under its own name, so that one grader serves all tests. Stateless.
 */
final class SuiteSpecs {
  private SuiteSpecs() {}

  static Map<String, GraderSpec> of(List<TestCase> tests) {
    Map<String, GraderSpec> specs = new LinkedHashMap<>();
    for (String name : SuiteGraders.common(tests)) {
      List<Assertion> written =
          tests.stream()
              .flatMap(test -> SuiteGraders.runnable(test).stream())
              .filter(assertion -> assertion.name().equals(name))
              .toList();
      boolean alike =
          written.stream()
                  .map(assertion -> assertion.typeWord() + assertion.threshold())
                  .distinct()
                  .count()
              == 1;
      if (alike) {
        spec(name, written.get(0)).ifPresent(spec -> specs.put(name, spec));
      }
    }
    return specs;
  }

  /** Returns the expected texts of a test, filled, by the names that the graders use. */
  static Map<String, ReferenceValue> lifted(TestCase test, Map<String, @Nullable Object> values) {
    Map<String, ReferenceValue> lifted = new LinkedHashMap<>();
    for (Assertion assertion : SuiteGraders.runnable(test)) {
      if (spec(assertion.name(), assertion).isPresent()) {
        String filled = Nunjucks.shown(Nunjucks.fillTree(assertion.value(), values));
        lifted.putIfAbsent(reference(assertion.name()), ReferenceValue.text(filled));
      }
    }
    return lifted;
  }

  private static Optional<GraderSpec> spec(String name, Assertion assertion) {
    if (assertion.value() instanceof Map || assertion.value() instanceof List) {
      return Optional.empty();
    }
    Optional<AssertionType> type = assertion.type();
    if (type.isPresent() && type.get().isSimilarity() && !assertion.isInverse()) {
      GraderSpec spec = AssertionGrading.spec(assertion, type.get());
      return spec instanceof GraderSpec.TextSimilarity similarity
          ? Optional.of(
              new GraderSpec.TextSimilarity(
                  name,
                  GraderSpec.ANSWER_TEXT,
                  GraderSpec.item(reference(name)),
                  similarity.metric(),
                  similarity.passThreshold()))
          : Optional.empty();
    }
    return operation(assertion.typeWord())
        .map(
            operation ->
                new GraderSpec.StringCheck(
                    name, GraderSpec.ANSWER_TEXT, GraderSpec.item(reference(name)), operation));
  }

  private static Optional<StringOperation> operation(String word) {
    return switch (word) {
      case "equals" -> Optional.of(StringOperation.EQUAL);
      case "not-equals" -> Optional.of(StringOperation.NOT_EQUAL);
      case "contains" -> Optional.of(StringOperation.CONTAINS);
      case "icontains" -> Optional.of(StringOperation.CONTAINS_IGNORING_CASE);
      default -> Optional.empty();
    };
  }

  private static String reference(String name) {
    return "expected_" + name.replaceAll("[^A-Za-z0-9_]", "_");
  }
}
