package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ProviderId;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RefusedQuestionsTest {
  private static final ProviderFailure TOO_MANY =
      ProviderFailure.of(new ProviderId("fake"), "Too many requests.");

  private final FakeClock time = new FakeClock();
  private final AtomicInteger asked = new AtomicInteger();

  private EvaluationReport evaluate(int samples, int concurrency, ChatModel model)
      throws InterruptedException {
    Dataset<PromptExample> questions =
        Dataset.of(
            "questions",
            PromptExample.class,
            IntStream.range(0, samples)
                .mapToObj(i -> PromptExample.of(List.of(Message.user("" + i)), "yes"))
                .toList());
    return Evaluation.builder(questions)
        .grader("exact", Graders.exact())
        .concurrency(concurrency)
        .time(time)
        .build()
        .run("fake", model);
  }

  @Test
  void aRefusedQuestionIsAskedAgainWhenTheServiceSays() throws Exception {
    ChatModel refusingTheThird =
        request -> {
          if (asked.incrementAndGet() == 3) {
            throw new RateLimitException(TOO_MANY, Duration.ofSeconds(7));
          }
          return ChatResponse.of("yes");
        };

    EvaluationReport report = evaluate(5, 1, refusingTheThird);

    assertThat(report.score("exact").passRate()).isEqualTo(1);
    assertThat(asked).hasValue(6);
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aServiceThatRefusesEveryFifthQuestionAnswersAllInTheEnd() throws Exception {
    ChatModel moody =
        request -> {
          if (asked.incrementAndGet() % 5 == 0) {
            throw new RateLimitException(TOO_MANY, Duration.ofSeconds(1));
          }
          return ChatResponse.of("yes");
        };

    EvaluationReport report = evaluate(40, 4, moody);

    assertThat(report.failures()).isZero();
    assertThat(report.samples()).hasSize(40);
  }

  @Test
  void aQuestionThatIsAlwaysRefusedFailsWithTheReason() throws Exception {
    ChatModel closed =
        request -> {
          asked.incrementAndGet();
          throw new RateLimitException(TOO_MANY, null);
        };

    EvaluationReport report = evaluate(2, 1, closed);

    assertThat(report.failures()).isEqualTo(2);
    assertThat(report.samples().get(0).failure().orElse("")).contains("Too many requests.");
    assertThat(asked).hasValue(16);
  }

  @Test
  void aWaitOfHoursIsAFailureAndNotAWait() throws Exception {
    ChatModel closedForToday =
        request -> {
          asked.incrementAndGet();
          throw new RateLimitException(TOO_MANY, Duration.ofHours(5));
        };

    EvaluationReport report = evaluate(2, 1, closedForToday);

    assertThat(report.failures()).isEqualTo(2);
    assertThat(asked).hasValue(2);
    assertThat(time.slept()).isZero();
  }
}
