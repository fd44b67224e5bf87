package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.BatchChatModel;
import dev.finetune4j.inference.BatchOutcome;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.token.EstimatedTokenCounter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LargeEvaluationTest {
  private static final InferencePrice PRICE =
      new InferencePrice(Money.dollars("1000000"), Money.dollars("1000000"));

  @TempDir Path directory;

  private final AtomicInteger asked = new AtomicInteger();
  private final ChatModel echo =
      request -> {
        asked.incrementAndGet();
        return ChatResponse.of(request.messages().get(0).text()).withUsage(new TokenUsage(4, 1));
      };

  private static Dataset<PromptExample> numbers(int count) {
    return Dataset.of(
        "numbers",
        PromptExample.class,
        IntStream.range(0, count)
            .mapToObj(i -> PromptExample.of(List.of(Message.user("" + i)), "" + i))
            .toList());
  }

  private Evaluation.Builder evaluation(int count) {
    return Evaluation.builder(numbers(count)).grader("exact", Graders.exact());
  }

  private Path storedFile() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }

  @Test
  void storedSamplesAreNotAskedAgain() throws Exception {
    Evaluation evaluation = evaluation(20).storeIn(directory).concurrency(3).build();
    EvaluationReport first = evaluation.run("echo", echo);

    EvaluationReport second = evaluation.run("echo", echo);

    assertThat(asked).hasValue(20);
    assertThat(second.samples()).isEqualTo(first.samples());
    assertThat(second.startedAt()).isEqualTo(first.startedAt());
  }

  @Test
  void aSampleWithATruncatedLineIsAskedAgain() throws Exception {
    Evaluation evaluation = evaluation(20).storeIn(directory).build();
    evaluation.run("echo", echo);
    byte[] content = Files.readAllBytes(storedFile());
    Files.write(storedFile(), java.util.Arrays.copyOf(content, content.length - 9));
    List<Long> underWay = new ArrayList<>();
    EvaluationListener listening =
        new EvaluationListener() {
          @Override
          public void started(String name, long total, long kept, long lost) {
            underWay.addAll(List.of(total, kept, lost));
          }

          @Override
          public void sampleFinished(String name, SampleResult sample, Progress progress) {}
        };

    EvaluationReport report =
        evaluation(20).storeIn(directory).listener(listening).build().run("echo", echo);

    assertThat(asked).hasValue(21);
    assertThat(underWay).containsExactly(20L, 19L, 1L);
    assertThat(report.score("exact").passRate()).isEqualTo(1);
  }

  @Test
  void aDamagedLineIsReportedWithASuggestion() throws Exception {
    evaluation(3).storeIn(directory).build().run("echo", echo);
    List<String> lines = new ArrayList<>(Files.readAllLines(storedFile()));
    lines.set(2, lines.get(2).replace("\"0\"", "\"9\""));
    Files.write(storedFile(), lines);

    assertThatThrownBy(() -> evaluation(3).storeIn(directory).build().run("echo", echo))
        .hasMessageContaining("Line 3 of")
        .hasMessageContaining("Delete the line, and its sample is requested again.");
  }

  @Test
  void samplesAreStoredByDataNameAndSettings() throws Exception {
    evaluation(5).storeIn(directory).build().run("echo", echo);

    evaluation(6).storeIn(directory).build().run("echo", echo);
    evaluation(5).storeIn(directory).build().run("echo two", echo);
    evaluation(5).storeIn(directory).temperature(0).build().run("echo", echo);
    evaluation(5).grader("more", Graders.exact()).storeIn(directory).build().run("echo", echo);

    assertThat(asked).hasValue(5 + 6 + 5 + 5 + 5);
  }

  @Test
  void addedRepetitionsAreTheOnlyOnesAsked() throws Exception {
    evaluation(5).storeIn(directory).build().run("echo", echo);

    EvaluationReport report =
        evaluation(5).storeIn(directory).repetitions(3).build().run("echo", echo);

    assertThat(asked).hasValue(15);
    assertThat(report.samples()).hasSize(15);
  }

  @Test
  void aStoredFailureIsAskedAgainOnlyOnRequest() throws Exception {
    ChatModel broken =
        request -> {
          throw new IllegalStateException("down");
        };
    evaluation(4).storeIn(directory).build().run("echo", broken);

    EvaluationReport kept = evaluation(4).storeIn(directory).build().run("echo", echo);
    EvaluationReport again =
        evaluation(4).storeIn(directory).askFailedAgain().build().run("echo", echo);

    assertThat(kept.failures()).isEqualTo(4);
    assertThat(again.failures()).isZero();
    assertThat(asked).hasValue(4);
  }

  @Test
  void twoEvaluationsCannotWriteToTheSameFile() throws Exception {
    Evaluation evaluation = evaluation(1).storeIn(directory).build();
    ChatModel nested =
        request -> {
          evaluation.run("echo", echo);
          return ChatResponse.of("");
        };

    EvaluationReport report = evaluation.run("echo", nested);

    assertThat(report.samples().get(0).failure().orElse(""))
        .startsWith("Another evaluation is writing to ");
  }

  @Test
  void theCostLimitStopsBeforeItIsExceeded() throws Exception {
    // Each question has four tokens (three of them overhead) and each answer one: 5 dollars.
    EvaluationReport report =
        evaluation(10)
            .concurrency(4)
            .maximumTokens(1)
            .costLimit(Money.dollars("32"), PRICE)
            .build()
            .run("echo", echo);

    assertThat(asked).hasValue(6);
    assertThat(report.notAsked()).isEqualTo(4);
    assertThat(report.samples()).hasSize(10);
    assertThat(report.score("exact").passRate()).isEqualTo(0.6);
    assertThat(report.samples().get(9).failure())
        .contains(
            "Not asked: the next question could exceed the cost limit of 32.00 USD; 30.00 USD was"
                + " spent.");
    assertThat(EvaluationReportFile.fromJson(EvaluationReportFile.toJson(report)))
        .isEqualTo(report);
  }

  @Test
  void aCancelledEvaluationKeepsItsAnswersAndResumesLater() throws Exception {
    Evaluation.Builder settings = evaluation(10).storeIn(directory);

    EvaluationReport cut = settings.stopWhen(() -> asked.get() >= 4).build().run("echo", echo);
    EvaluationReport whole = settings.stopWhen(() -> false).build().run("echo", echo);

    assertThat(cut.notAsked()).isEqualTo(6);
    assertThat(cut.samples().get(9).failure()).contains("Not asked: the evaluation was cancelled.");
    assertThat(whole.notAsked()).isZero();
    assertThat(asked).hasValue(10);
  }

  @Test
  void cachedAnswersAndGradesServeOtherEvaluations() throws Exception {
    AnswerCache cache = AnswerCache.in(directory);
    AtomicInteger judged = new AtomicInteger();
    Evaluation.Builder settings =
        evaluation(6)
            .grader(
                "judge",
                cache.grader(
                    "judge-v1",
                    (example, answer) -> {
                      judged.incrementAndGet();
                      return new Grade(0.5, true, java.util.Optional.of("because"));
                    }))
            .repetitions(2)
            .cache(cache);
    EvaluationReport first = settings.build().run("echo", echo);

    EvaluationReport second = settings.grader("other", Graders.exact()).build().run("echo", echo);

    assertThat(asked).hasValue(12);
    // Both answers to one question are the same, so they are judged once.
    assertThat(judged).hasValue(6);
    assertThat(second.samples().get(3).grades())
        .containsAllEntriesOf(first.samples().get(3).grades());
    assertThat(second.totalUsage()).isEqualTo(first.totalUsage());
    assertThat(second.samples().get(3).latency()).isEqualTo(first.samples().get(3).latency());
  }

  @Test
  void aCachedModelIsAskedTheSameQuestionOnce() {
    ChatModel cached = AnswerCache.in(directory).model("echo-1", echo);

    cached.chat(ChatRequest.of("hello"));
    String again = cached.chat(ChatRequest.of("hello")).text();
    cached.chat(ChatRequest.builder(List.of(Message.user("hello"))).temperature(1).build());

    assertThat(again).isEqualTo("hello");
    assertThat(asked).hasValue(2);
  }

  @Test
  void theCostIsEstimatedBeforeAnyRequest() {
    EvaluationEstimate estimate =
        evaluation(10)
            .repetitions(2)
            .maximumTokens(5)
            .build()
            .estimate(new EstimatedTokenCounter());

    assertThat(estimate.questions()).isEqualTo(20);
    assertThat(estimate.promptTokens()).isEqualTo(80);
    assertThat(estimate.mostCompletionTokens()).hasValue(100);
    assertThat(estimate.most(PRICE)).isEqualTo(Money.dollars("180"));
    assertThat(estimate.cost(PRICE, 1)).isEqualTo(Money.dollars("100"));
    assertThat(estimate.isExact()).isFalse();
  }

  @Test
  void aBatchSentBeforeACrashIsAwaitedAndNotSentAgain() throws Exception {
    RecordingBatches service = new RecordingBatches();
    Evaluation evaluation =
        evaluation(3).storeIn(directory).inBatches(PollingSchedule.standard()).build();
    service.dies = true;
    assertThatThrownBy(() -> evaluation.run("echo", service)).hasMessage("the process dies here");
    service.dies = false;

    EvaluationReport report = evaluation.run("echo", service);

    assertThat(service.submitted).isEqualTo(1);
    assertThat(report.samples())
        .extracting(sample -> sample.answer().orElse("none"))
        .containsExactly("0", "1", "none");
    assertThat(report.samples().get(2).failure()).contains("refused (bad_request)");
  }

  @Test
  void aFailingTagIsReportedBeforeAnyRequest() {
    Evaluation evaluation =
        evaluation(3).tag("length", example -> "" + 1 / (example.prompt().size() - 1)).build();

    assertThatThrownBy(() -> evaluation.run("echo", echo))
        .hasMessage(
            "Tag \"length\" failed on example 0 of \"numbers\": / by zero. No request was sent.");
    assertThat(asked).hasValue(0);
  }

  @Test
  void progressReportsThePaceAndTheRemainingTime() {
    EvaluationListener.Progress progress =
        new EvaluationListener.Progress(30, 100, 2, 20, java.time.Duration.ofSeconds(10));

    assertThat(progress.perSecond()).isEqualTo(2);
    assertThat(progress.remaining()).hasSeconds(35);
  }

  @Test
  void anUnfinishedLastLineIsDropped() throws Exception {
    evaluation(2).storeIn(directory).build().run("echo", echo);
    Files.writeString(storedFile(), "{\"sample\":{\"ind", StandardOpenOption.APPEND);

    evaluation(2).storeIn(directory).build().run("echo", echo);

    assertThat(asked).hasValue(2);
  }

  /** Batches whose third answer is a refusal. */
  private static final class RecordingBatches implements BatchChatModel {
    private int submitted;
    private boolean dies;
    private Map<String, ChatRequest> sent = new LinkedHashMap<>();

    @Override
    public ChatResponse chat(ChatRequest request) {
      throw new IllegalStateException("asked one by one");
    }

    @Override
    public List<String> submitBatch(Map<String, ChatRequest> requests) {
      submitted++;
      sent = requests;
      return List.of("batch_1");
    }

    @Override
    public Map<String, BatchOutcome> awaitBatch(List<String> batches, PollingSchedule schedule) {
      if (dies) {
        throw new IllegalStateException("the process dies here");
      }
      Map<String, BatchOutcome> outcomes = new LinkedHashMap<>();
      sent.forEach(
          (id, request) -> {
            String text = request.messages().get(0).text();
            outcomes.put(
                id,
                text.equals("2")
                    ? new BatchOutcome.Unanswered("refused (bad_request)")
                    : new BatchOutcome.Answered(ChatResponse.of(text)));
          });
      return outcomes;
    }
  }
}
