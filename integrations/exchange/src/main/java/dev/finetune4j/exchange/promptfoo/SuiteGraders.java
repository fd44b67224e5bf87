package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.AnswerGrader;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.SampledAnswer;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The graders of a suite; each reads what it must hold the answer to from the example. */
final class SuiteGraders {
  private SuiteGraders() {}

  static Map<String, Grader> of(List<TestCase> tests, AssertionGrading grading) {
    Map<String, Grader> graders = new LinkedHashMap<>();
    graders.put(PromptfooSuite.WHOLE_TEST, whole(grading));
    for (String name : common(tests)) {
      graders.put(name, single(name, grading));
    }
    return graders;
  }

  /** Returns the names that every test asserts exactly once, if there is more than one of them. */
  static Set<String> common(List<TestCase> tests) {
    Set<String> common = new LinkedHashSet<>();
    boolean first = true;
    for (TestCase test : tests) {
      List<String> names = runnable(test).stream().map(Assertion::name).toList();
      Set<String> once = new LinkedHashSet<>();
      for (String name : names) {
        if (names.indexOf(name) == names.lastIndexOf(name)) {
          once.add(name);
        }
      }
      if (first) {
        common.addAll(once);
      } else {
        common.retainAll(once);
      }
      first = false;
    }
    common.remove(PromptfooSuite.WHOLE_TEST);
    return common;
  }

  static List<Assertion> runnable(TestCase test) {
    return test.assertions().stream().map(Assertion::new).filter(Assertion::isRunnable).toList();
  }

  private static Grader whole(AssertionGrading grading) {
    return (AnswerGrader)
        (example, answer) -> {
          JsonObject test = test(example);
          Map<String, @Nullable Object> values = SuiteExamples.values(example);
          List<Assertion> assertions =
              Assertion.listOf(test.asMap().get("assert")).stream()
                  .filter(Assertion::isRunnable)
                  .toList();
          return WeightedGrades.of(
              assertions,
              test.findDouble("threshold"),
              assertion -> grading.grade(assertion, example, answer, values));
        };
  }

  private static Grader single(String name, AssertionGrading grading) {
    return (AnswerGrader)
        (example, answer) ->
            Assertion.listOf(test(example).asMap().get("assert")).stream()
                .filter(assertion -> assertion.name().equals(name) && assertion.isRunnable())
                .findFirst()
                .map(assertion -> grade(assertion, grading, example, answer))
                .orElseThrow(
                    () -> new IllegalArgumentException("The example asserts no \"" + name + "\"."));
  }

  private static Grade grade(
      Assertion assertion, AssertionGrading grading, PromptExample example, SampledAnswer answer) {
    return grading.grade(assertion, example, answer, SuiteExamples.values(example));
  }

  private static JsonObject test(PromptExample example) {
    return Json.parseObject(example.requireReference(PromptfooSuite.ASSERTIONS));
  }
}
