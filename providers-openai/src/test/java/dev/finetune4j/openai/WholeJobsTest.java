package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.grading.spec.GraderSpecJson;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.job.CheckpointPermissions;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs of each method, from the request to their result files. */
final class WholeJobsTest {
  private final FakeClock time = new FakeClock();
  private SimulatedOpenAi service;
  private OpenAiProvider provider;

  @BeforeEach
  void start() {
    service = SimulatedOpenAi.builder().time(time).start();
    provider = Simulations.provider(service, time).build();
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Test
  void preferenceJobsSendBetaAndSucceed() throws Exception {
    JobHandle job = provider.submit(MethodRequests.preference(0.3));

    FineTuningJob ended = job.await(PollingSchedule.standard());

    JsonObject sent = Simulations.creation(service).requireObject("method");
    assertThat(sent.requireString("type")).isEqualTo("dpo");
    assertThat(sent.requireObject("dpo").requireObject("hyperparameters").requireDouble("beta"))
        .isEqualTo(0.3);
    assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(provider.results(job.reference())).isNotEmpty();
  }

  @Test
  void reinforcementJobsSendTheGraderAndTheResponseFormat() throws Exception {
    JobHandle job = provider.submit(MethodRequests.reinforcement());

    FineTuningJob ended = job.await(PollingSchedule.standard());

    JsonObject sent = Simulations.creation(service);
    JsonObject settings = sent.requireObject("method").requireObject("reinforcement");
    assertThat(GraderSpecJson.read(settings.requireObject("grader").toString()))
        .isEqualTo(MethodRequests.GRADER);
    assertThat(settings.requireObject("response_format").asMap())
        .isEqualTo(MethodRequests.ANSWER_SHAPE);
    assertThat(settings.requireObject("hyperparameters").requireString("reasoning_effort"))
        .isEqualTo("low");
    assertThat(settings.requireObject("hyperparameters").requireString("n_epochs"))
        .isEqualTo("auto");
    assertThat(sent.has("response_format")).isFalse();
    assertThat(sent.requireString("validation_file"))
        .isNotEqualTo(sent.requireString("training_file"));
    assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void resultFilesOfReinforcementJobsHaveRewards() throws Exception {
    JobHandle job = provider.submit(MethodRequests.reinforcement());
    List<TrainingMetrics> early = provider.results(job.reference());
    job.await(PollingSchedule.standard());

    List<TrainingMetrics> rows = provider.results(job.reference());

    assertThat(early).isEmpty();
    assertThat(rows).isNotEmpty().isSortedAccordingTo((a, b) -> Long.compare(a.step(), b.step()));
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.values().keySet()).anyMatch(n -> n.contains("reward")));
  }

  @Test
  void resultFilesOfSupervisedJobsHaveLosses() throws Exception {
    JobHandle job = provider.submit(supervised().build());
    job.await(PollingSchedule.standard());

    List<TrainingMetrics> rows = provider.results(job.reference());

    assertThat(rows).allMatch(row -> row.find(TrainingMetrics.LOSS).isPresent());
    assertThat(rows).anyMatch(row -> row.find(TrainingMetrics.VALIDATION_LOSS).isPresent());
    assertThat(rows.get(rows.size() - 1).find(TrainingMetrics.LOSS).orElseThrow())
        .isLessThan(rows.get(0).find(TrainingMetrics.LOSS).orElseThrow());
  }

  @Test
  void aPausedJobResumesWithoutLosingEvents() throws Exception {
    JobHandle job = provider.submit(MethodRequests.reinforcement());
    time.advance(Duration.ofMinutes(10));

    FineTuningJob paused = job.pause();
    FineTuningJob pausedAgain = job.pause();
    time.advance(Duration.ofHours(5));
    FineTuningJob still = job.refresh();
    FineTuningJob resumed = job.resume();
    RecordingListener listener = new RecordingListener();
    FineTuningJob ended = job.await(PollingSchedule.standard(), listener);

    assertThat(List.of(paused, pausedAgain, still))
        .allMatch(each -> each.status() == JobStatus.PAUSED);
    assertThat(resumed.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(Duration.between(FakeClock.START, time.now())).isBetween(hours(5), hours(6));
    assertThat(new HashSet<>(listener.eventIds())).hasSameSizeAs(listener.eventIds());
  }

  @Test
  void administratorsCanShareAndUnshareCheckpoints() throws Exception {
    String model = checkpointModel();
    CheckpointPermissions permissions = provider.checkpointPermissions();

    List<CheckpointPermissions.Permission> granted =
        permissions.grant(model, List.of("proj_a", "proj_b"));
    List<CheckpointPermissions.Permission> listed = permissions.list(model);
    permissions.revoke(model, granted.get(0));
    List<CheckpointPermissions.Permission> left = permissions.list(model);

    assertThat(granted)
        .extracting(CheckpointPermissions.Permission::projectId)
        .containsExactly("proj_a", "proj_b");
    assertThat(listed).containsExactlyInAnyOrderElementsOf(granted);
    assertThat(left).containsExactly(granted.get(1));
  }

  @Test
  void permissionsAreListedOverSeveralPages() throws Exception {
    String model = checkpointModel();
    List<String> projects = IntStream.range(0, 101).mapToObj(number -> "proj_" + number).toList();
    provider.checkpointPermissions().grant(model, projects);
    long before = service.requestCount();

    List<CheckpointPermissions.Permission> listed = provider.checkpointPermissions().list(model);

    assertThat(listed)
        .extracting(CheckpointPermissions.Permission::projectId)
        .containsExactlyInAnyOrderElementsOf(projects);
    assertThat(service.requestCount() - before).isEqualTo(2);
  }

  @Test
  void permissionsRequireAnAdministratorsKey() throws Exception {
    String model = checkpointModel();
    long before = service.requestCount();
    OpenAiOptions settings =
        OpenAiProvider.builder()
            .apiKey(service::apiKey)
            .baseUrl(service.baseUrl().toString())
            .time(time);

    try (OpenAiProvider none = settings.build();
        OpenAiProvider projectKey = settings.administratorKey(service::apiKey).build()) {
      assertThatThrownBy(none::checkpointPermissions)
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("OPENAI_ADMIN_KEY");
      assertThat(service.requestCount()).isEqualTo(before);
      assertThatThrownBy(() -> projectKey.checkpointPermissions().grant(model, List.of("proj_a")))
          .isInstanceOf(PermissionException.class);
    }
  }

  @Test
  void metadataAndIntegrationsAreSentWithTheKey() {
    Map<String, Object> wandb =
        Map.of("type", "wandb", "wandb", Map.of("project", "recipes", "tags", List.of("first")));
    FineTuningRequest request =
        supervised()
            .providerOption("metadata", Map.of("team", "kitchen"))
            .providerOption("integrations", List.of(wandb))
            .submissionKey(new SubmissionKey("beside"))
            .build();

    provider.submit(request);

    JsonObject sent = Simulations.creation(service);
    assertThat(sent.requireObject("metadata").asMap())
        .containsOnly(
            Map.entry("team", "kitchen"), Map.entry("finetune4j_submission_key", "beside"));
    assertThat(sent.objects("integrations").get(0).asMap()).isEqualTo(wandb);
    assertThat(provider.findJob(new SubmissionKey("beside"))).isPresent();
  }

  private String checkpointModel() throws InterruptedException {
    JobHandle job = provider.submit(supervised().build());
    job.await(PollingSchedule.standard());
    List<Checkpoint> checkpoints = job.checkpoints();
    return checkpoints.get(0).model().orElseThrow();
  }

  private static FineTuningRequest.Builder<?> supervised() {
    return FineTuningRequest.builder(
            MethodRequests.BASE, SupervisedTraining.withDefaults(), Requests.sums())
        .validationData(MethodRequests.differences());
  }

  private static Duration hours(long number) {
    return Duration.ofHours(number);
  }
}
