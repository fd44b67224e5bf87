package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EvaluationTest {
  private static final Dataset<PromptExample> SQUARES =
      new FixedDataset<>(
          "squares",
          PromptExample.class,
          IntStream.range(0, 10)
              .mapToObj(
                  i ->
                      PromptExample.of(
                          List.of(Message.system("Square it."), Message.user("" + i)), "" + i * i))
              .toList());

  private static String question(ChatRequest request) {
    return request.messages().get(1).text();
  }

  @Test
  void everySampleIsAskedOnceAndGraded() throws Exception {
    ChatModel doubling =
        request ->
            ChatResponse.of("" + 2 * Integer.parseInt(question(request)))
                .withUsage(new TokenUsage(10, 2));

    EvaluationReport report =
        Evaluation.builder(SQUARES)
            .grader("exact", Graders.exact())
            .concurrency(3)
            .build()
            .run("doubling", doubling);

    // 0 + 0 = 0 x 0 and 2 + 2 = 2 x 2; no other digit.
    assertThat(report.score("exact").passRate()).isEqualTo(0.2);
    assertThat(report.samples()).extracting(SampleResult::index).isSorted().hasSize(10);
    assertThat(report.samples().get(2).prompt()).isEqualTo("system: Square it.\nuser: 2");
    assertThat(report.samples().get(3).reference()).isEqualTo("9");
    assertThat(report.samples().get(3).answer()).contains("6");
    assertThat(report.totalUsage()).isEqualTo(new TokenUsage(100, 20));
    assertThat(report.meanPromptTokens()).isEqualTo(10);
    assertThat(report.fingerprint()).isEqualTo(MeasuredReports.FINGERPRINT);
    assertThat(report.score("exact").isPassOrFail()).isTrue();
  }

  @Test
  void aFailedSampleIsRecordedAndCountsAsNotPassed() throws Exception {
    ChatModel moody =
        request -> {
          int number = Integer.parseInt(question(request));
          if (number == 7) {
            throw new IllegalStateException("the server is down");
          }
          return ChatResponse.of("" + number * number).withUsage(new TokenUsage(9, 1));
        };

    EvaluationReport report =
        Evaluation.builder(SQUARES).grader("exact", Graders.exact()).build().run("moody", moody);

    Score score = report.score("exact");
    assertThat(score.samples()).isEqualTo(10);
    assertThat(score.failures()).isEqualTo(1);
    assertThat(score.passRate()).isEqualTo(0.9);
    assertThat(report.samples().get(7).failure()).contains("the server is down");
    assertThat(report.samples().get(7).answer()).isEmpty();
    assertThat(report.meanPromptTokens()).isEqualTo(9);
  }

  @Test
  void aFailingGraderDoesNotAffectOtherGraders() throws Exception {
    EvaluationReport report =
        Evaluation.builder(SQUARES)
            .grader("exact", Graders.exact())
            .grader("unit", Graders.onReference("unit", Graders.exact()))
            .build()
            .run("ones", request -> ChatResponse.of("1"));

    assertThat(report.score("exact").failures()).isZero();
    assertThat(report.score("exact").passRate()).isEqualTo(0.1);
    assertThat(report.score("unit").failures()).isEqualTo(10);
    assertThat(report.samples().get(1).failure())
        .contains(
            "Grader \"unit\" failed: This example has no reference \"unit\"; it has [answer].");
    assertThat(report.failures()).isEqualTo(10);
  }

  @Test
  void eachRepetitionOfAnExampleIsASample() throws Exception {
    Evaluation evaluation =
        Evaluation.builder(SQUARES)
            .grader("exact", Graders.exact())
            .tag(
                "parity",
                example -> example.prompt().get(1).text().matches("[02468]") ? "even" : "odd")
            .repetitions(3)
            .concurrency(2)
            .build();

    EvaluationReport report = evaluation.run("ones", request -> ChatResponse.of("1"));

    assertThat(report.samples()).hasSize(30).extracting(SampleResult::key).isSorted();
    assertThat(report.samples().get(4).key()).isEqualTo(new SampleKey(1, 1));
    assertThat(report.samples().get(4).tags()).containsExactly(entry("parity", "odd"));
    assertThat(report.score("exact").passRate()).isEqualTo(0.1);
    assertThat(report.comparedTo(report, "exact").pairs()).isEqualTo(30);
  }

  @Test
  void concurrencyRequestsAreInFlightAtOnce() throws Exception {
    CyclicBarrier five = new CyclicBarrier(5);
    ChatModel waiting =
        request -> {
          try {
            five.await(10, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException("fewer than five at once", e);
          }
          return ChatResponse.of("0");
        };

    EvaluationReport report =
        Evaluation.builder(SQUARES)
            .grader("exact", Graders.exact())
            .concurrency(5)
            .build()
            .run("waiting", waiting);

    assertThat(report.failures()).isZero();
  }

  @Test
  void requestsCarryTheTokenLimitAndTemperature() throws Exception {
    ConcurrentLinkedQueue<ChatRequest> asked = new ConcurrentLinkedQueue<>();
    Evaluation evaluation =
        Evaluation.builder(SQUARES)
            .grader("exact", Graders.exact())
            .maximumTokens(40)
            .temperature(0)
            .build();

    evaluation.run(
        "recording",
        request -> {
          asked.add(request);
          return ChatResponse.of("");
        });

    assertThat(asked).hasSize(10);
    assertThat(asked.peek().maximumTokens()).hasValue(40);
    assertThat(asked.peek().temperature()).hasValue(0);
  }

  @Test
  void aFailingListenerStillSeesEverySample() throws Exception {
    List<String> seen = new ArrayList<>();
    Evaluation evaluation =
        Evaluation.builder(SQUARES)
            .grader("exact", Graders.exact())
            .concurrency(2)
            .listener(
                (name, sample, progress) -> {
                  seen.add(name + " " + progress.finished() + "/" + progress.total());
                  throw new IllegalStateException("a broken display");
                })
            .build();

    evaluation.run("ones", request -> ChatResponse.of("1"));

    assertThat(seen).hasSize(10).startsWith("ones 1/10").endsWith("ones 10/10");
  }

  @Test
  void anInterruptEndsTheRunAndItsRequestsInFlight() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    ChatModel hanging =
        request -> {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            released.countDown();
            Thread.currentThread().interrupt();
          }
          throw new IllegalStateException("interrupted");
        };
    Evaluation evaluation = Evaluation.builder(SQUARES).grader("exact", Graders.exact()).build();
    Thread run =
        new Thread(
            () -> {
              try {
                evaluation.run("hanging", hanging);
              } catch (OperationInterruptedException e) {
                outcome.set(e);
              }
            });

    run.start();
    asked.await();
    run.interrupt();
    run.join(TimeUnit.SECONDS.toMillis(10));

    assertThat(outcome.get()).isInstanceOf(OperationInterruptedException.class);
    assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anEvaluationWithoutGradersIsRejected() {
    assertThatThrownBy(() -> Evaluation.builder(SQUARES).build())
        .hasMessage("An evaluation needs at least one grader.");
  }

  @Test
  void twoModelsAreComparedByTheFirstGrader() {
    ChatModel right =
        request ->
            ChatResponse.of(
                "" + Integer.parseInt(question(request)) * Integer.parseInt(question(request)));

    Comparison comparison =
        Evaluation.on(SQUARES, Graders.exact(), Graders.contains())
            .compare(request -> ChatResponse.of("1"), right);

    assertThat(comparison.candidate()).isEqualTo("tuned");
    assertThat(comparison.baseline()).isEqualTo("base");
    assertThat(comparison.grader()).isEqualTo("exact");
    assertThat(comparison.difference()).isEqualTo(0.9);
  }

  @Test
  void twoGradersCannotHaveOneName() {
    assertThatThrownBy(() -> Evaluation.on(SQUARES, Graders.exact(), Graders.exact()))
        .hasMessage("There are two graders named \"exact\".");
  }
}
