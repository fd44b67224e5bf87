package dev.finetune4j.examples.support;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.Graders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions to a bicycle rental and its answers, each with the number of the rule behind it. */
public final class SupportAnswers {
  private static final Pattern RULE = Pattern.compile("\\(rule \\d+\\)");

  private SupportAnswers() {}

  /** Returns the answers to learn. */
  public static Dataset<ChatExample> training() {
    return read("training");
  }

  /** Returns other questions about the same rules. */
  public static Dataset<ChatExample> validation() {
    return read("validation");
  }

  /** Returns the questions of {@link #validation} with the answers set apart. */
  public static Dataset<PromptExample> test() {
    return Dataset.of("support-test", validation().asPrompts().examples().toList());
  }

  /** Returns a grader that passes answers with the number of the right rule. */
  public static Grader rule() {
    return Graders.comparing(
            (expected, answer) ->
                rule(expected).equals(rule(answer)) ? Grade.pass() : Grade.fail("another rule"))
        .named("right rule");
  }

  private static String rule(String answer) {
    Matcher found = RULE.matcher(answer);
    return found.find() ? found.group() : "";
  }

  private static Dataset<ChatExample> read(String name) {
    try (InputStream lines = SupportAnswers.class.getResourceAsStream(name + ".jsonl")) {
      String text =
          new String(Objects.requireNonNull(lines, name).readAllBytes(), StandardCharsets.UTF_8);
      return Dataset.of(
          "support-" + name, text.lines().map(ExampleCodecs.openAiChat()::decode).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
