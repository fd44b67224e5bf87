package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.providerkit.AttemptReport;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.TransportListener;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EvaluationRateTest {
  private static final long REQUESTS_PER_MINUTE = 600;
  private static final long TOKENS_PER_MINUTE = 100_000;
  private static final String MODEL = "gpt-4.1-mini-2025-04-14";

  private final FakeClock time = new FakeClock();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicLong tokens = new AtomicLong();

  private static Dataset<PromptExample> questions(int count, int characters) {
    return Dataset.of(
        "questions",
        PromptExample.class,
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  String text = i + " ";
                  String filled = text + "x".repeat(characters - text.length());
                  return PromptExample.of(List.of(Message.user(filled)), "yes");
                })
            .toList());
  }

  private EvaluationReport evaluate(Dataset<PromptExample> questions) throws Exception {
    TransportListener counting =
        new TransportListener() {
          @Override
          public void attemptEnded(AttemptReport report) {
            sent.incrementAndGet();
            refused.addAndGet(report.status().orElse(0) == 429 ? 1 : 0);
          }
        };
    try (SimulatedOpenAi openAi =
            SimulatedOpenAi.builder()
                .time(time)
                .requestsPerMinute(REQUESTS_PER_MINUTE)
                .tokensPerMinute(TOKENS_PER_MINUTE)
                .answering(
                    question -> {
                      // The simulator counts four characters of the body as one token.
                      tokens.addAndGet(1 + question.body().length() / 4);
                      return "yes";
                    })
                .start();
        OpenAiProvider provider =
            OpenAiProvider.builder()
                .baseUrl(openAi.baseUrl().toString())
                .apiKey(openAi::apiKey)
                .http(HttpSettings.builder().listener(counting).build())
                .time(time)
                .build()) {
      return Evaluation.builder(questions)
          .grader("exact", Graders.exact())
          .adaptiveConcurrency(16)
          .time(time)
          .build()
          .run(
              "base",
              provider.chatModel(new ModelReference(OpenAiProvider.ID, MODEL)).orElseThrow());
    }
  }

  private double minutes() {
    return Duration.between(FakeClock.START, time.now()).toMillis() / 60_000.0;
  }

  @Test
  void smallQuestionsUseTheRequestLimitAndAreRarelyRefused() throws Exception {
    EvaluationReport report = evaluate(questions(2_400, 40));

    // The limit of one minute is available at the start, and each minute adds another.
    double allowed = REQUESTS_PER_MINUTE * (minutes() + 1);
    assertThat(report.failures()).isZero();
    assertThat(report.samples().size() / allowed).isBetween(0.95, 1.0);
    assertThat((double) refused.get() / sent.get()).isLessThan(0.01);
  }

  @Test
  void longQuestionsUseTheTokenLimitAndAreRarelyRefused() throws Exception {
    EvaluationReport report = evaluate(questions(1_500, 1_200));

    double allowed = TOKENS_PER_MINUTE * (minutes() + 1);
    assertThat(report.failures()).isZero();
    assertThat(tokens.get() / allowed).isBetween(0.95, 1.0);
    assertThat((double) refused.get() / sent.get()).isLessThan(0.01);
  }
}
