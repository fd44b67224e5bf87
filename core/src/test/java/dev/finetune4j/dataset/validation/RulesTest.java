package dev.finetune4j.dataset.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.format.JsonlFile;
import dev.finetune4j.token.EstimatedTokenCounter;
import dev.finetune4j.token.TokenStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesTest {
  private static final String STORY =
      "Once upon a time a miller lived by the river with his three sons and one old grey cat who"
          + " could not be taught to catch mice in the barn";

  @TempDir Path folder;

  private static ChatExample chat(String question, String answer) {
    return ChatExample.of(Message.system("S"), Message.user(question), Message.assistant(answer));
  }

  private static Dataset<ChatExample> chats(ChatExample... examples) {
    return Dataset.of("d", ChatExample.class, List.of(examples));
  }

  private static Dataset<ChatExample> numbers(int count, String answer) {
    return Dataset.of(
        "numbers",
        ChatExample.class,
        IntStream.range(0, count).mapToObj(i -> chat("q" + i, answer)).toList());
  }

  private static DatasetValidator.Builder<ChatExample> chatRules() {
    return DatasetValidator.builder(ChatExample.class).minimumExamples(0);
  }

  @Test
  void aReportLimitsTheFindingsPerRuleButCountsAll() {
    ValidationReport report = chatRules().findingsPerRule(2).build().check(numbers(5000, " "));

    assertThat(report.findings()).hasSize(2);
    assertThat(report.counts()).containsEntry("empty-content", 5000L);
    assertThat(report.toText()).endsWith("and 4998 more of [empty-content]\n");
    assertThatThrownBy(report::orThrow).isInstanceOf(InvalidDatasetException.class);
  }

  @Test
  void tooFewExamplesAreAWarningByDefaultAndAnErrorOnRequest() {
    Dataset<ChatExample> dataset = numbers(3, "a");

    assertThat(DatasetValidator.validate(dataset).findings())
        .extracting(Finding::toString)
        .containsExactly(
            "WARNING whole set [too-few-examples] There are 3 examples; at least 10 are required."
                + " Add examples; 50 to 100 good ones are a common start.");
    assertThat(chatRules().minimumExamples(10).build().check(dataset).isValid()).isFalse();
  }

  @Test
  void aCustomRuleAddsItsFindings() {
    ValidationRule<ChatExample> rule =
        new ValidationRule<>() {
          @Override
          public String id() {
            return "loud";
          }

          @Override
          public List<Finding> check(ChatExample example, ExampleLocation at) {
            return example.answer().endsWith("!")
                ? List.of(new Finding(id(), Severity.ERROR, at, "It is loud.", "Whisper."))
                : List.of();
          }
        };

    ValidationReport report =
        chatRules().rule(rule).build().check(chats(chat("a", "b"), chat("c", "d!")));

    assertThat(report.findings())
        .extracting(Finding::toString)
        .containsExactly("ERROR line 2 [loud] It is loud. Whisper.");
  }

  @Test
  void tokensOverTheContextAreReportedPerExampleAndInTotal() {
    ValidationReport report =
        chatRules()
            .maximumTokens(20, new EstimatedTokenCounter())
            .build()
            .check(chats(chat("short", "a"), chat(STORY, "b")));

    assertThat(report.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "WARNING whole set [truncation] 1 of 2 examples exceed the context, by 25 tokens in"
                + " total. Shorten them, or choose a model with a larger context.",
            "WARNING line 2 [over-context] The example has 45 tokens (estimated), 25 more than the"
                + " limit of 20. Shorten it, or its end will be cut off.");
  }

  @Test
  void exactNormalisedAndNearLeaksAreFound() {
    Dataset<PromptExample> test =
        Dataset.of(
            "test",
            PromptExample.class,
            List.of(
                PromptExample.from(chat("Who was it?", "x")),
                PromptExample.from(chat(STORY + " again", "x"))));

    ValidationReport report =
        LeakageCheck.between(
            chats(chat("Who was it?", "a"), chat("who  WAS it?", "b"), chat(STORY, "c")), test);

    assertThat(report.counts())
        .containsOnlyKeys("leakage-exact", "leakage-normalised", "leakage-near");
    assertThat(report.findings().get(2).message())
        .startsWith("The prompt shares about 9")
        .endsWith("example 2 of test.");
  }

  @Test
  void aSwappedPairConflictsWithTheFirst() {
    List<Message> prompt = List.of(Message.system("S"), Message.user("Hi"));
    Message a = Message.assistant("Hello.");
    Message b = Message.assistant("Go away.");
    Dataset<PreferenceExample> dataset =
        Dataset.of(
            "pairs",
            PreferenceExample.class,
            List.of(
                PreferenceExample.of(prompt, a, b),
                PreferenceExample.of(prompt, b, a),
                PreferenceExample.of(prompt, a, Message.assistant("What."))));

    ValidationReport report =
        DatasetValidator.builder(PreferenceExample.class).minimumExamples(0).build().check(dataset);

    assertThat(report.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "WARNING line 2 [conflicting-answers] The example on line 1 prefers what this one"
                + " rejects. Keep the correct one, or state the difference in the prompt.");
  }

  @Test
  void theReportNotesExamplesThatWereNotRemembered() {
    ValidationReport report = chatRules().rememberedExamples(4).build().check(numbers(10, "a"));

    assertThat(report.findings())
        .singleElement()
        .extracting(Finding::ruleId)
        .isEqualTo("comparison-bounded");
  }

  @Test
  void linesLongerThanABlockAreReadAndOverlongLinesAreReported() throws IOException {
    String big = "word ".repeat(500_000);
    Path file = folder.resolve("big.jsonl");
    try (var out = Files.newBufferedWriter(file)) {
      out.write(ExampleCodecs.openAiChat().encode(chat(big, "a")) + "\n");
      // 172 MB in one line, written in pieces.
      for (int i = 0; i < 68; i++) {
        out.write(big);
      }
      out.write("\n" + ExampleCodecs.openAiChat().encode(chat("x", " ")));
    }

    ValidationReport report =
        chatRules().build().check(JsonlFile.read(file, ExampleCodecs.openAiChat()));

    assertThat(report.examplesChecked()).isEqualTo(3);
    assertThat(report.findings())
        .extracting(f -> f.at().line() + " " + f.ruleId())
        .containsExactly("2 line-too-long", "3 empty-content");
  }

  @Test
  void statisticsSummariseTheTokensOfADataSet() {
    Dataset<ChatExample> dataset =
        Dataset.of(
            "d",
            ChatExample.class,
            IntStream.rangeClosed(1, 100)
                .mapToObj(i -> ChatExample.of(Message.user("abcd".repeat(i))))
                .toList());

    TokenStatistics statistics = TokenStatistics.measure(dataset, new EstimatedTokenCounter());

    assertThat(statistics.minimum()).isEqualTo(4);
    assertThat(statistics.maximum()).isEqualTo(103);
    assertThat(statistics.median()).isEqualTo(53);
    assertThat(statistics.quantile(0.9)).isEqualTo(93);
    assertThat(statistics.quantile(0.99)).isEqualTo(102);
    assertThat(statistics.mean()).isEqualTo(53.5);
    assertThat(statistics.histogram()).hasSize(20).containsOnly(5L);
    assertThat(statistics.exact()).isFalse();
  }
}
