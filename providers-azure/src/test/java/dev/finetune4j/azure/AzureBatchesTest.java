package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.azure.AzureDeploymentOptions.Sku;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.providerkit.batch.Batch;
import dev.finetune4j.providerkit.batch.BatchAnswer;
import dev.finetune4j.providerkit.batch.BatchStatus;
import dev.finetune4j.providerkit.batch.ChatBatches;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.simulator.openai.SimulatedDurations;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Batches, to deployments that accept only batches. */
final class AzureBatchesTest {
  private static final PollingSchedule PATIENT =
      PollingSchedule.standard().givingUpAfter(Duration.ofHours(25));

  private final FakeClock time = new FakeClock();

  @Test
  void aTunedModelAnswersABatchThroughItsDeployment() throws Exception {
    try (SimulatedAzure service = SimulatedAzure.builder().time(time).start();
        AzureProvider provider = provider(service, Sku.GLOBAL_BATCH)) {
      ModelReference tuned =
          provider
              .submit(Simulations.request())
              .await(PollingSchedule.standard())
              .requireFineTunedModel();
      deploy(provider, tuned);

      Map<String, BatchAnswer> answers =
          provider.batches(tuned).ask("nightly", questions(12), PATIENT);

      assertThat(answers).hasSize(12);
      assertThat(text(answers, "q3")).isEqualTo("Order 3 is on its way.");
      String input = provider.files().list("batch").findFirst().orElseThrow().id();
      assertThat(provider.files().content(input, 100_000))
          .contains("\"url\":\"/chat/completions\"", "\"model\":\"nightly\"");
      assertThat(service.requests())
          .filteredOn(exchange -> exchange.path().equals("/openai/batches"))
          .singleElement()
          .satisfies(
              exchange ->
                  assertThat(exchange.requestBody())
                      .contains("\"endpoint\":\"/chat/completions\""));
    }
  }

  @Test
  void answersOfAnExpiredBatchAreKept() throws Exception {
    SimulatedDurations slow = SimulatedDurations.standard().withBatch(Duration.ofDays(2));
    try (SimulatedAzure service = SimulatedAzure.builder().time(time).durations(slow).start();
        AzureProvider provider = provider(service, Sku.DATA_ZONE_BATCH)) {
      ModelReference base = new ModelReference(AzureProvider.ID, Simulations.BASE);
      deploy(provider, base);
      ChatBatches batches = provider.batches(base);
      List<Batch> running = batches.submit("nightly", questions(10));

      Map<String, BatchAnswer> answers = batches.await(running, PATIENT);

      assertThat(batches.fetch(running.get(0).id()).status()).isEqualTo(BatchStatus.EXPIRED);
      assertThat(answers.values()).filteredOn(BatchAnswer.Answered.class::isInstance).hasSize(5);
      assertThat(answers.values())
          .filteredOn(BatchAnswer.Failed.class::isInstance)
          .hasSize(5)
          .allMatch(answer -> ((BatchAnswer.Failed) answer).code().equals("batch_expired"));
    }
  }

  @Test
  void aBatchFailsIfItsDeploymentDoesNotTakeBatches() throws Exception {
    try (SimulatedAzure service = SimulatedAzure.builder().time(time).start();
        AzureProvider provider = provider(service, Sku.STANDARD)) {
      ModelReference base = new ModelReference(AzureProvider.ID, Simulations.BASE);
      deploy(provider, base);

      Map<String, BatchAnswer> answers =
          provider.batches(base).ask("nightly", questions(2), PATIENT);

      assertThat(answers).hasSize(2);
      assertThat(answers.get("q1"))
          .isInstanceOfSatisfying(
              BatchAnswer.Failed.class,
              failed ->
                  assertThat(failed.message()).contains("No model takes batches as 'nightly'"));
    }
  }

  @Test
  void batchDeploymentsRefuseSingleQuestions() throws Exception {
    try (SimulatedAzure service = SimulatedAzure.builder().time(time).start();
        AzureProvider provider = provider(service, Sku.GLOBAL_BATCH)) {
      Deployment ready = deploy(provider, new ModelReference(AzureProvider.ID, Simulations.BASE));
      time.advance(Duration.ofMinutes(5));

      assertThatThrownBy(
              () -> provider.deployer().orElseThrow().chatModel(ready).chat(ChatRequest.of("Hi")))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("takes batches only");
    }
  }

  private AzureProvider provider(SimulatedAzure service, Sku size) {
    return Simulations.options(service, time)
        .deployments(AzureDeploymentOptions.standard().forThroughput(size))
        .build();
  }

  private static Deployment deploy(AzureProvider provider, ModelReference model)
      throws InterruptedException {
    return provider
        .deployer()
        .orElseThrow()
        .deploy(DeploymentSpec.of(model, "nightly", new Capacity.Throughput(10)))
        .await(PollingSchedule.standard());
  }

  private static Map<String, ChatRequest> questions(int count) {
    Map<String, ChatRequest> questions = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      questions.put("q" + i, ChatRequest.of("Where is order " + i + "?"));
    }
    return questions;
  }

  private static String text(Map<String, BatchAnswer> answers, String id) {
    return answers.get(id) instanceof BatchAnswer.Answered answered
        ? answered.response().text()
        : "none";
  }
}
