package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A grader that fails costs one sample, whatever it throws or returns. */
final class FailingGradersTest {

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300})
  void aScoreThatIsNoNumberIsNoGradeE1(double score) throws Exception {
    EvaluationReport report =
        run((example, answer) -> new Grade(score, true, Optional.empty()), "yes");

    assertThat(report.score("first").failures()).isEqualTo(1);
    assertThat(report.samples().get(0).failure().orElseThrow())
        .isEqualTo(
            "Grader \"first\" failed: The score must be finite and at most 1.0E9, was "
                + score
                + ".");
    assertThat(report.score("first").mean()).isEqualTo(0.75);
  }

  @Test
  void errorsAndNullAreNoGradesE2() throws Exception {
    Grader asserting =
        (example, answer) -> {
          throw new AssertionError("wrong");
        };
    Grader recursive =
        (example, answer) -> {
          throw new StackOverflowError();
        };

    assertThat(run(asserting, "yes").samples().get(0).failure())
        .contains("Grader \"first\" failed: wrong");
    assertThat(run(recursive, "yes").score("first").failures()).isEqualTo(1);
    assertThat(run(FailingGradersTest::nothing, "yes").samples().get(0).failure())
        .contains("Grader \"first\" failed: It returned null instead of a grade.");
  }

  @Test
  void aPatternThatOverflowsOrTakesForEverIsNoGradeE2E4() throws Exception {
    String longAnswer = "a\n".repeat(10_000) + "END";
    String digits = "the answer is: " + "7".repeat(3000);

    EvaluationReport overflow = run(Graders.regex("^(.|\n)*END$"), longAnswer);
    EvaluationReport slow =
        run(Graders.regex("(?s).*answer.*:.*(\\d+).*(\\d+).*(\\d+).*%.*$"), digits);

    assertThat(overflow.score("first").samples()).isEqualTo(4);
    assertThat(overflow.samples().get(1).failure()).isEmpty();
    assertThat(slow.samples().get(0).failure().orElseThrow())
        .contains("is too slow for this answer of 3015 characters");
  }

  @Test
  void aGraderHasALimitOfTimeE4() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Grader hanging =
        (example, answer) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return Grade.pass();
        };

    EvaluationReport report =
        evaluation(hanging).graderLimit(Duration.ofMillis(20)).build().run("m", request -> YES);

    assertThat(report.samples().get(0).failure())
        .contains("Grader \"first\" failed: It took longer than its limit of PT0.02S.");
    assertThat(report.score("first").failures()).isEqualTo(1);
  }

  @Test
  void aGraderThatNeverEndsGetsFewThreadsThatDoNotKeepTheJvmAlive() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    Grader endless =
        (example, answer) -> {
          threads.add(Thread.currentThread());
          while (!over.get()) {
            Thread.onSpinWait();
          }
          return Grade.pass();
        };

    EvaluationReport report =
        Evaluation.builder(questions(40))
            .grader("endless", endless)
            .concurrency(1)
            .graderLimit(Duration.ofMillis(5))
            .build()
            .run("m", request -> YES);
    over.set(true);

    assertThat(threads).hasSize(8).allMatch(Thread::isDaemon);
    assertThat(report.score("endless").failures()).isEqualTo(40);
    assertThat(report.samples().get(39).failure())
        .contains(
            "Grader \"endless\" failed: 8 of its calls took longer than their limit of PT0.005S and"
                + " are still running; it is not called again until one ends.");
  }

  @Test
  void storedScoresOfAGraderWithOtherParametersAreRefused(@TempDir Path folder) throws Exception {
    Evaluation.builder(questions(1))
        .grader(Graders.regex("yes"))
        .storeIn(folder)
        .build()
        .run("m", request -> YES);

    assertThatThrownBy(
            () ->
                Evaluation.builder(questions(1))
                    .grader(Graders.regex("no"))
                    .storeIn(folder)
                    .build()
                    .run("m", request -> YES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its version was \"regex yes\" and is now \"regex no\". Give");
  }

  private static final ChatResponse YES = ChatResponse.of("yes");

  @SuppressWarnings("NullAway") // A grader of an application without null checks.
  private static Grade nothing(PromptExample example, String answer) {
    return null;
  }

  private static EvaluationReport run(Grader grader, String answer) throws Exception {
    return evaluation(grader).build().run("m", request -> ChatResponse.of(answer));
  }

  /** Grades the first of four examples with {@code grader} and passes the others. */
  private static Evaluation.Builder evaluation(Grader grader) {
    return Evaluation.builder(questions(4))
        .grader(
            "first",
            (example, answer) ->
                example.prompt().get(0).text().equals("0")
                    ? grader.grade(example, answer)
                    : Grade.pass());
  }

  private static FixedDataset<PromptExample> questions(int count) {
    return new FixedDataset<>(
        "questions",
        PromptExample.class,
        IntStream.range(0, count)
            .mapToObj(i -> new PromptExample(List.of(Message.user("" + i)), Map.of(), List.of()))
            .toList());
  }
}
