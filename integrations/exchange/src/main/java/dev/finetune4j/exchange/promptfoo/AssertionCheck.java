package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.exchange.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds assertions that cannot run here. Equal faults are reported once, with the first place and
 * their number. Not thread-safe.
 */
final class AssertionCheck {
  static final String NOTHING_TO_GRADE = "nothing-to-grade";

  private static final List<String> CODE = List.of("javascript", "python", "ruby", "webhook");
  private final Map<List<String>, Integer> counts = new LinkedHashMap<>();
  private final Map<List<String>, String> firstPlaces = new LinkedHashMap<>();
  private int errors;

  /** Looks at one test; returns whether anything in it can be graded. */
  void check(TestCase test) {
    int runnable = 0;
    int before = errors;
    for (int i = 0; i < test.assertions().size(); i++) {
      if (check(new Assertion(test.assertions().get(i)), test.place() + " assert " + (i + 1))) {
        runnable++;
      }
    }
    if (runnable == 0 && errors == before) {
      boolean none = test.assertions().isEmpty();
      add(
          "ERROR",
          NOTHING_TO_GRADE,
          none
              ? "The test asserts nothing, so any answer would pass."
              : "Nothing that the test asserts can run here, so any answer would pass.",
          none
              ? "Give it an assertion, give all of them one in defaultTest, or grade dataset() with a Grader of your own."
              : "Add an assertion that runs here, or grade dataset() with a Grader of your own.",
          test.place());
    }
  }

  void report(Findings findings) {
    counts.forEach(
        (finding, count) -> {
          String place = String.valueOf(firstPlaces.get(finding));
          String where = count == 1 ? place : place + " and " + (count - 1) + " more";
          switch (finding.get(0)) {
            case "ERROR" -> findings.error(finding.get(1), where, finding.get(2), finding.get(3));
            case "WARNING" ->
                findings.warning(finding.get(1), where, finding.get(2), finding.get(3));
            default -> findings.note(finding.get(1), where, finding.get(2), finding.get(3));
          }
        });
  }

  private boolean check(Assertion assertion, String place) {
    Optional<AssertionType> type = assertion.type();
    if (type.isEmpty()) {
      unknown(assertion, place);
      return false;
    }
    if (assertion.json().has("transform")) {
      add(
          "WARNING",
          "assertion-not-runnable",
          "\""
              + assertion.typeWord()
              + "\" changes the answer by code (transform) first, which"
              + " does not run here; it is left out when grading and kept in the file.",
          "Assert on the whole answer, or grade with a Grader in Java.",
          place);
      return false;
    }
    Optional<String> obstacle = Nunjucks.obstacleIn(assertion.value());
    if (obstacle.isPresent()) {
      add(
          "WARNING",
          "assertion-not-runnable",
          "\""
              + assertion.typeWord()
              + "\" uses "
              + obstacle.get()
              + ", which is not worked out here; it is left out when grading and kept in the file.",
          "Put the expected value into a variable of the test.",
          place);
      return false;
    }
    notes(assertion, type.get(), place);
    if (type.get() == AssertionType.SET) {
      boolean any = false;
      for (Assertion part : assertion.parts()) {
        any |= check(part, place);
      }
      return any;
    }
    return type.get() != AssertionType.REGEX || isPattern(assertion, place);
  }

  private void notes(Assertion assertion, AssertionType type, String place) {
    if (type.isJudged()) {
      add(
          "NOTE",
          "judged",
          "\""
              + assertion.typeWord()
              + "\" asks the judge \""
              + assertion.judge()
              + "\" with words of this library, not of promptfoo.",
          "Give the judge with LocalGraders.withJudges, and hold it against people first.",
          place);
    } else if (type == AssertionType.SIMILAR) {
      add(
          "NOTE",
          "embedding",
          "\"similar\" needs an embedding model; another model gives other figures.",
          "Give one with LocalGraders.withEmbeddings.",
          place);
    } else if (type.isSimilarity()) {
      add(
          "NOTE",
          "figures-differ",
          "\""
              + assertion.typeWord()
              + "\" is worked out as OpenAI's graders do, which differs a"
              + " little from promptfoo.",
          "Look at the answers near the threshold.",
          place);
    }
  }

  private void unknown(Assertion assertion, String place) {
    String word = assertion.typeWord();
    boolean code = CODE.contains(word.replaceFirst("^not-", ""));
    add(
        "WARNING",
        "assertion-not-runnable",
        code
            ? "\""
                + word
                + "\" is code, which does not run here; it is left out when grading and"
                + " kept in the file."
            : "\""
                + word
                + "\" is not known here; it is left out when grading and kept in the"
                + " file.",
        code
            ? "Write it as a Grader in Java and add it to the evaluation under its own name."
            : "Take one of the assertions that docs/exchange.md lists, or write a Grader in Java.",
        place);
  }

  private boolean isPattern(Assertion assertion, String place) {
    String pattern = Nunjucks.shown(assertion.value());
    try {
      if (!pattern.contains("{{")) {
        Pattern.compile(pattern);
      }
      return true;
    } catch (PatternSyntaxException e) {
      add(
          "ERROR",
          "not-a-pattern",
          "\"" + pattern + "\" is not a valid Java pattern: " + e.getDescription() + ".",
          "Write it so that JavaScript and Java both understand it.",
          place);
      return false;
    }
  }

  private void add(String severity, String rule, String message, String suggestion, String place) {
    errors += severity.equals("ERROR") ? 1 : 0;
    List<String> key = List.of(severity, rule, message, suggestion);
    counts.merge(key, 1, Integer::sum);
    firstPlaces.putIfAbsent(key, place);
  }
}
