package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.StringOperation;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.ReinforcementTraining;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Complete jobs of the other training methods, and one that is paused. */
final class AzureMethodsTest {
  private static final Capacity TEN = new Capacity.Throughput(10);

  private final FakeClock time = new FakeClock();
  private final SimulatedAzure service = SimulatedAzure.builder().time(time).start();
  private final AzureProvider provider = Simulations.options(service, time).build();

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Test
  void preferenceJobsTrainDeployAndAnswer() throws Exception {
    FineTuningRequest request =
        FineTuningRequest.builder(
                Simulations.BASE, PreferenceTraining.withDefaults().withBeta(0.2), pairs())
            .build();

    FineTuningJob job = provider.submit(request).await(PollingSchedule.standard());

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(created())
        .contains("\"type\":\"dpo\"", "\"beta\":0.2", "\"trainingType\":\"GlobalStandard\"");
    assertThat(answer(job.requireFineTunedModel())).isEqualTo("Parcel 3 is on its way.");
    assertThat(provider.results(job.reference())).isNotEmpty();
  }

  @Test
  void reinforcementJobsTrainDeployAndAnswer() throws Exception {
    GraderSpec exact =
        new GraderSpec.StringCheck(
            "exact", "{{sample.output_text}}", "{{item.answer}}", StringOperation.EQUAL);
    FineTuningRequest request =
        FineTuningRequest.builder(
                "o4-mini-2025-04-16", ReinforcementTraining.towards(exact), prompts("prompts", 12))
            .validationData(prompts("held-out", 3))
            .build();

    JobHandle handle = provider.submit(request);
    FineTuningJob job = handle.await(PollingSchedule.standard());

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.requireFineTunedModel().name()).startsWith("o4-mini-2025-04-16.ft-");
    assertThat(created())
        .contains(
            "\"type\":\"reinforcement\"",
            "\"type\":\"string_check\"",
            "\"name\":\"exact\"",
            "\"validation_file\":\"file-");
    assertThat(answer(job.requireFineTunedModel())).isNotEmpty();
    assertThat(asked()).contains("\"max_completion_tokens\"").doesNotContain("\"max_tokens\"");
  }

  @Test
  void aPausedJobResumesAndSucceeds() throws Exception {
    JobHandle handle = provider.submit(Simulations.request());
    time.advance(Duration.ofMinutes(15));
    FineTuningJob running = handle.refresh();

    FineTuningJob paused = handle.pause();
    List<Checkpoint> kept = handle.checkpoints();
    time.advance(Duration.ofDays(3));
    FineTuningJob still = handle.refresh();
    FineTuningJob going = handle.resume();
    FineTuningJob ended = handle.await(PollingSchedule.standard());

    assertThat(running.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(List.of(paused, still)).allMatch(job -> job.status() == JobStatus.PAUSED);
    assertThat(going.status()).isNotEqualTo(JobStatus.PAUSED);
    assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(answer(ended.requireFineTunedModel())).isEqualTo("Order 3 is on its way.");
    assertThat(service.jobsCreated()).isEqualTo(1);
    assertThat(handle.checkpoints()).hasSize(3).doesNotContainAnyElementsOf(kept);
  }

  private String answer(ModelReference model) throws InterruptedException {
    Deployer deployer = provider.deployer().orElseThrow();
    Deployment ready =
        deployer.deploy(DeploymentSpec.of(model, "bot", TEN)).await(PollingSchedule.standard());
    assertThat(ready.status()).isEqualTo(DeploymentStatus.READY);
    return deployer
        .chatModel(ready)
        .chat(
            ChatRequest.builder(List.of(Message.user("Where is order 3?")))
                .maximumTokens(50)
                .build())
        .text();
  }

  private static Dataset<PreferenceExample> pairs() {
    return Dataset.of(
        "pairs",
        PreferenceExample.class,
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    PreferenceExample.of(
                        List.of(Message.user("Where is order " + i + "?")),
                        Message.assistant("Parcel " + i + " is on its way."),
                        Message.assistant("No idea.")))
            .toList());
  }

  private static Dataset<PromptExample> prompts(String name, int count) {
    return Dataset.of(
        name,
        PromptExample.class,
        Simulations.examples().examples().limit(count).map(PromptExample::from).toList());
  }

  private String created() {
    return body("/openai/v1/fine_tuning/jobs");
  }

  private String asked() {
    return body("/openai/v1/chat/completions");
  }

  private String body(String path) {
    return service.requests().stream()
        .filter(exchange -> exchange.method().equals("POST") && exchange.path().equals(path))
        .map(RecordedExchange::requestBody)
        .reduce("", (first, last) -> last);
  }
}
