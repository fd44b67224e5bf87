package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.Embeddings;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.batch.BatchAnswer;
import dev.finetune4j.providerkit.grader.GraderTrial;
import dev.finetune4j.simulator.openai.SimulatedDurations;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.Requests;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the provider offers besides jobs: models, batches, graders, embeddings, dates, settings. */
final class OpenAiServicesTest {
  private static final String BASE = "gpt-4.1-mini-2025-04-14";

  private final FakeClock time = new FakeClock();
  private SimulatedOpenAi service;
  private OpenAiProvider provider;

  @BeforeEach
  void start() {
    service =
        SimulatedOpenAi.builder()
            .time(time)
            .durations(SimulatedDurations.standard().withModelLoading(Duration.ofSeconds(40)))
            .start();
    provider = Simulations.provider(service, time).build();
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Test
  void aTunedModelIsAwaitedWhileItLoadsAndCanBeDeleted() throws Exception {
    ModelReference tuned =
        provider
            .submit(Requests.sums(BASE, "fresh"))
            .await(
                new PollingSchedule(
                    Duration.ofSeconds(1), 1, Duration.ofSeconds(1), Duration.ofHours(2)))
            .requireFineTunedModel();
    ChatModel model = provider.chatModel(tuned).orElseThrow();

    String answer = model.chat(ChatRequest.of("3 + 3 = ?")).text();
    provider.models().delete(tuned.name());
    provider.models().delete(tuned.name());
    Instant before = time.now();

    assertThat(answer).isEqualTo("6");
    assertThatThrownBy(() -> model.chat(ChatRequest.of("3 + 3 = ?")))
        .isInstanceOf(NotFoundException.class);
    assertThat(time.now()).isEqualTo(before);
  }

  @Test
  void batchAnswersHaveTheIdsOfTheirQuestions() throws Exception {
    Map<String, ChatRequest> questions = new LinkedHashMap<>();
    for (int number = 0; number < 7; number++) {
      questions.put("q" + number, ChatRequest.of("Say " + number));
    }

    Map<String, BatchAnswer> answers =
        provider
            .batches()
            .withLimits(3, 1_000_000)
            .ask(BASE, questions, PollingSchedule.standard());

    assertThat(answers.keySet()).containsExactlyElementsOf(questions.keySet());
    assertThat(answers.values()).allMatch(BatchAnswer.Answered.class::isInstance);
    assertThat(service.requests().stream().filter(each -> each.template().equals("/batches")))
        .hasSize(3);
  }

  @Test
  void gradersCanBeTriedAtTheService() {
    GraderSpec grader = GraderSpec.exactMatch("exact", PromptExample.ANSWER);
    PromptExample example = PromptExample.of(List.of(Message.user("1 + 1 = ?")), "2");

    GraderSpec understood = provider.graders().validate(grader);
    GraderTrial right = provider.graders().run(grader, example, "2");
    GraderTrial wrong = provider.graders().run(grader, example, "3");

    assertThat(understood).isEqualTo(grader);
    assertThat(right.reward()).isEqualTo(1);
    assertThat(wrong.reward()).isEqualTo(0);
  }

  @Test
  void embeddingsKeepTheOrderOfTheirTexts() {
    Embeddings embeddings =
        provider.embeddingModel("text-embedding-3-small").embed(List.of("flour", "sugar", "flour"));

    List<float[]> vectors = embeddings.vectors();
    assertThat(vectors).hasSize(3);
    assertThat(embeddings.usage().promptTokens()).isPositive();
    assertThat(vectors.get(0)).isEqualTo(vectors.get(2)).isNotEqualTo(vectors.get(1));
  }

  @Test
  void shutdownDatesComeFromTheService() {
    LocalDate today = LocalDate.of(2026, 11, 22);

    ModelCatalog fresh = provider.models().refresh(provider.catalog(), today);

    assertThat(fresh.find(BASE).orElseThrow().answersUntil()).contains(LocalDate.of(2027, 1, 14));
    assertThat(fresh.find(BASE).orElseThrow().asOf()).isEqualTo(today);
    assertThat(fresh.find(BASE).orElseThrow().trainingPrice()).isEmpty();
  }

  @Test
  void datesApplyToOpenAiOnly() {
    OpenAiProvider real = OpenAiProvider.builder().apiKey(() -> "key").build();

    assertThat(real.availableUntil(Capability.SUPERVISED_TRAINING))
        .contains(LocalDate.of(2027, 1, 6));
    assertThat(provider.availableUntil(Capability.SUPERVISED_TRAINING)).isEmpty();
    assertThat(real.notices()).anyMatch(notice -> notice.contains("2026-11-30"));
  }

  @Test
  void removedCapabilitiesAreRefusedBeforeAnyRequest() {
    OpenAiProvider less =
        Simulations.provider(service, time)
            .without(Capability.PREFERENCE_TRAINING, Capability.LIST_JOBS, Capability.SEED)
            .build();

    assertThat(less.capabilities()).doesNotContain(Capability.LIST_JOBS);
    assertThatThrownBy(() -> less.jobOperations().list(Optional.empty()))
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void aMissingKeyIsSaid() {
    assertThatThrownBy(() -> OpenAiProvider.fromEnvironment(Map.of("OPENAI_API_KEY", " ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The environment variable OPENAI_API_KEY is not set.");
    assertThatThrownBy(() -> OpenAiProvider.builder().build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> provider.webhooks())
        .isInstanceOf(UnsupportedCapabilityException.class);
  }
}
