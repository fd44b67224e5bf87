package dev.finetune4j.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.EmbeddingModel;
import dev.finetune4j.inference.Embeddings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BaselineSuiteTest {
  private static final ChatRequest QUESTION =
      ChatRequest.of(
          List.of(Message.system("Be brief."), Message.user("How long does rice cook in water?")));
  private static final List<Passage> CORPUS =
      List.of(
          new Passage("rice", "Rice cooks for 18 minutes."),
          new Passage("stew", "A stew simmers for two hours."));

  /** Vectors by two words that texts may hold. */
  private static final EmbeddingModel TOPICS =
      texts ->
          Embeddings.of(
              texts.stream()
                  .map(
                      text ->
                          new float[] {
                            text.toLowerCase(java.util.Locale.ROOT).contains("rice") ? 1 : 0,
                            text.contains("stew") ? 1 : 0,
                            0.1f
                          })
                  .toList());

  private final List<ChatRequest> asked = new ArrayList<>();
  private final ChatModel base =
      request -> {
        asked.add(request);
        return ChatResponse.of("18 minutes");
      };

  private static Evaluation evaluation(String... questions) {
    return Evaluation.builder(test(questions)).grader("exact", Graders.exact()).build();
  }

  private static Dataset<PromptExample> test(String... questions) {
    return Dataset.of(
        "test",
        PromptExample.class,
        Stream.of(questions)
            .map(question -> PromptExample.of(List.of(Message.user(question)), "18 minutes"))
            .toList());
  }

  private static Dataset<ChatExample> pool(String... questions) {
    return Dataset.of(
        "pool",
        ChatExample.class,
        Stream.of(questions)
            .map(each -> ChatExample.of(Message.user(each), Message.assistant("an answer")))
            .toList());
  }

  private List<String> askedTexts() {
    return asked.get(asked.size() - 1).messages().stream()
        .map(message -> message.role().word() + ": " + message.text())
        .toList();
  }

  @Test
  void aSystemPromptReplacesTheExistingOne() {
    Baselines.systemPrompt("strict", "Say a number only.").on(base).chat(QUESTION);

    assertThat(askedTexts())
        .containsExactly("system: Say a number only.", "user: How long does rice cook in water?");
  }

  @Test
  void retrievedPassagesComeBeforeTheQuestion() {
    Retriever retriever = Retriever.byEmbedding(CORPUS, TOPICS);

    Baselines.retrieval(retriever, 1).on(base).chat(QUESTION);

    assertThat(askedTexts())
        .containsExactly(
            "system: Be brief.",
            "user: Use what helps of these passages:\n<passage>\nRice cooks for 18"
                + " minutes.\n</passage>\n\nHow long does rice cook in water?");
  }

  @Test
  void theNearestExampleByEmbeddingComesLast() {
    Dataset<ChatExample> pool =
        pool("How is a stew made tender?", "What rice is there?", "Where is salt from?");

    Baselines.nearestFewShot(pool, 2, TOPICS).on(base).chat(QUESTION);

    assertThat(askedTexts())
        .containsExactly(
            "system: Be brief.",
            "user: Where is salt from?",
            "assistant: an answer",
            "user: What rice is there?",
            "assistant: an answer",
            "user: How long does rice cook in water?");
  }

  @Test
  void baselinesCombineAndOtherModelsReplaceTheBaseModel() {
    ChatModel large =
        request -> ChatResponse.of("from the large one: " + request.messages().size());
    Baseline both =
        Baselines.systemPrompt("strict", "Say a number only.")
            .with(Baselines.fewShot(pool("What is salt?"), 1))
            .with(Baselines.model("large", large));

    String answer = both.on(base).chat(QUESTION).text();

    assertThat(both.name()).isEqualTo("strict + few-shot (1) + large");
    assertThat(answer).isEqualTo("from the large one: 4");
    assertThat(asked).isEmpty();
  }

  @Test
  void everyBaselineIsMeasuredOnTheSameSamples() throws InterruptedException {
    List<EvaluationReport> reports =
        BaselineSuite.of(
                Baselines.zeroShot(),
                Baselines.retrieval((question, count) -> CORPUS, 2),
                Baselines.model("worse", request -> ChatResponse.of("an hour")))
            .measure(evaluation("How long does rice cook in water?"), base);

    assertThat(reports)
        .extracting(EvaluationReport::name)
        .containsExactly("zero-shot", "retrieval (2)", "worse");
    assertThat(reports)
        .extracting(report -> report.score("exact").passRate())
        .containsExactly(1.0, 1.0, 0.0);
  }

  @Test
  void leakedExamplesStopTheMeasurementBeforeAnyQuestion() {
    BaselineSuite leaking =
        BaselineSuite.of(
            Baselines.zeroShot(),
            Baselines.nearestFewShot(
                pool("What is salt?", "how long does rice  cook in water?"), 1));

    LeakageException refused =
        catchThrowableOfType(
            LeakageException.class,
            () -> leaking.measure(evaluation("How long does rice cook in water?"), base));

    assertThat(refused)
        .hasMessageStartingWith(
            """
            Baselines would show the model examples of the test set:
            nearest few-shot (1) against test: 1 finding(s)
              WARNING line 2 [leakage-normalised]""");
    assertThat(refused.reports()).hasSize(1);
    assertThat(asked).isEmpty();
  }

  @Test
  void aCorpusThatContainsTheTestQuestionsIsReported() {
    List<Passage> corpus =
        List.of(
            new Passage("faq", "Q: How long does rice cook in water? A: 18 minutes."),
            CORPUS.get(0));
    Baseline retrieval = Baselines.retrieval((question, count) -> corpus, 2);

    List<String> findings =
        retrieval
            .leakage(test("What is it?", "How long does rice cook in water?"))
            .findings()
            .stream()
            .map(Object::toString)
            .toList();

    assertThat(findings)
        .containsExactly(
            "WARNING line 2 [leakage-corpus] The passage \"faq\", which would be shown for this"
                + " question, contains 100% of its word triples. Remove the passage from the corpus or"
                + " the example from the test set: results on it prove nothing.");
  }

  @Test
  void allowedLeakageDoesNotStopTheMeasurement() throws InterruptedException {
    BaselineSuite.of(Baselines.fewShot(pool("How long does rice cook in water?"), 1))
        .allowingLeakage()
        .measure(evaluation("How long does rice cook in water?"), base);

    assertThat(asked).hasSize(1);
  }

  @Test
  void duplicateNamesAreRejected() {
    assertThatThrownBy(() -> BaselineSuite.of(Baselines.zeroShot(), Baselines.zeroShot()))
        .hasMessage("Two baselines are named \"zero-shot\".");
    assertThatThrownBy(() -> Baselines.retrieval((question, count) -> List.of(), 0))
        .hasMessage("k must be at least 1, was 0");
  }
}
