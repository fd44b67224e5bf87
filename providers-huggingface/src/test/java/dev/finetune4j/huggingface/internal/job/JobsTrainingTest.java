package dev.finetune4j.huggingface.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.training.SubmissionKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobsTrainingTest {
  private static final String CREATE = "POST /api/jobs/{}";
  private static final String LIST = "GET /api/jobs/{}";
  private static final SubmissionKey KEY = new SubmissionKey("key-1");
  private static final String METRICS =
      "finetune4j-event {\"id\":\"step-1\",\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"metrics\","
          + "\"step\":1,\"values\":{\"loss\":2.5}}";

  @TempDir Path folder;

  private final FakeClock time = new FakeClock();
  private HubJobScenario course =
      HubJobScenario.of(Duration.ofMinutes(20))
          .saying("Fetching the base", METRICS)
          .pushing("models/acme/tuned/adapter_model.safetensors", "weights");
  private final SimulatedHub simulated =
      SimulatedHub.builder().time(time).user("acme").jobs(order -> course).start();
  private HuggingFaceHub hub;
  private JobsTraining training;
  private HubJobOperations operations;

  @BeforeEach
  void connect() {
    hub =
        HuggingFaceHub.builder()
            .endpoint(simulated.endpoint())
            .token(simulated.token())
            .cache(folder)
            .time(time)
            .build();
    JobsApi jobs = new JobsApi(hub, null);
    training = training("a10g-large", Duration.ofHours(6));
    operations = new HubJobOperations(hub, jobs);
  }

  @AfterEach
  void close() {
    hub.close();
    simulated.close();
  }

  @Test
  void aJobSucceedsAndReportsEachEventOnce() throws InterruptedException {
    RecordingListener listener = new RecordingListener();
    JobHandle job = new JobHandle(training.submit(order()), operations, time);

    FineTuningJob done = job.await(PollingSchedule.standard(), listener);

    assertThat(done.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(done.requireFineTunedModel().name()).isEqualTo("acme/tuned");
    assertThat(done.baseModel()).isEqualTo("acme/base");
    assertThat(done.submissionKey()).hasValue("key-1");
    assertThat(listener.events())
        .filteredOn(event -> !(event instanceof JobEvent.StatusChanged))
        .extracting(JobEvent::id)
        .containsExactly("log-0", "step-1");
  }

  @Test
  void requestsPinTheFolderAndKeepTheTokenSecret() {
    training.submit(order());

    JsonObject order = lastOrder();
    JsonObject volume = order.objects("volumes").get(0);
    assertThat(volume.requireString("source")).isEqualTo("acme/finetune4j-jobs");
    assertThat(volume.requireString("revision")).matches("[0-9a-f]{40}");
    assertThat(volume.requireString("path")).isEqualTo("key-1");
    assertThat(order.requireLong("timeoutSeconds")).isEqualTo(21_600);
    assertThat(order.requireObject("secrets").toString()).isEqualTo("{\"HF_TOKEN\":\"hf_job\"}");
    assertThat(order.requireObject("environment").toString()).doesNotContain("hf_job");
    assertThat(order.list("command"))
        .containsExactly(
            "uv",
            "run",
            "--with",
            "trl==1.16.0",
            "python",
            "/finetune4j/finetune4j_on_jobs.py",
            "/finetune4j",
            "runner/run.py",
            "acme/tuned");
  }

  @Test
  void requestsHaveTheMembersOfTheOfficialClient() throws Exception {
    Path fixture = Path.of("../../shared/fixtures/huggingface/jobs/run_job_full.request.json");
    Assumptions.assumeTrue(Files.exists(fixture), "The fixtures are not beside the project.");
    training.submit(order());

    JsonObject official = Json.parseObject(Files.readString(fixture));

    assertThat(official.asMap().keySet()).containsAll(lastOrder().asMap().keySet());
    assertThat(lastOrder().objects("volumes").get(0).asMap().keySet())
        .containsAll(official.objects("volumes").get(0).asMap().keySet());
  }

  @Test
  void aSecondSubmitWithTheSameKeyCreatesNoJob() {
    JobReference first = training.submit(order());

    assertThat(training.submit(order())).isEqualTo(first);
    assertThat(training.find(KEY)).hasValue(first);
    assertThat(training.find(new SubmissionKey("key-2"))).isEmpty();
    assertThat(simulated.jobsCreated()).isEqualTo(1);
  }

  @Test
  void aJobWhoseResponseWasLostIsAdopted() {
    simulated.faults().next(CREATE, Fault.lostAnswer());

    JobReference job = training.submit(order());

    assertThat(simulated.jobsCreated()).isEqualTo(1);
    assertThat(training.find(KEY)).hasValue(job);
  }

  @Test
  void oneOfTwoConcurrentJobsIsKeptEvenIfTheListIsDelayed() {
    JsonObject rival =
        JsonObject.empty()
            .put("id", "0")
            .put("createdAt", time.now().minusSeconds(1).toString())
            .put("status", JsonObject.empty().put("stage", "RUNNING"));
    simulated.faults().next(LIST, Fault.answer(listed()));
    simulated.faults().next(LIST, Fault.answer(listed(rival)));

    JobReference job = training.submit(order());

    assertThat(job.id()).isEqualTo("0");
    assertThat(operations.list(Optional.empty()).jobs())
        .extracting(FineTuningJob::status)
        .containsExactly(JobStatus.CANCELLED);
  }

  @Test
  void aCreatedJobIsNotCreatedAgainIfTheListFails() {
    simulated.faults().next(LIST, Fault.answer(listed()));
    simulated.faults().next(LIST, 5, Fault.answer(SimulatedResponse.json(503, JsonObject.empty())));
    simulated.faults().next(LIST, 5, Fault.answer(listed()));

    assertThat(
            catchThrowableOfType(
                ProviderUnavailableException.class, () -> training.submit(order())))
        .isNotNull();
    assertThat(simulated.jobsCreated()).isEqualTo(1);
  }

  @Test
  void lostRequestsAreSentAgain() {
    simulated.faults().next(CREATE, Fault.answer(SimulatedResponse.json(503, JsonObject.empty())));

    training.submit(order());

    assertThat(simulated.jobsCreated()).isEqualTo(1);
  }

  @Test
  void aCompletedJobWithoutItsResultHasFailed() {
    course = HubJobScenario.of(Duration.ofMinutes(1));
    JobReference job = training.submit(order());

    time.advance(Duration.ofHours(1));
    FineTuningJob ended = operations.fetch(job);

    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended.failureReason())
        .hasValue("The job completed, but its result is not in acme/tuned.");
  }

  @Test
  void timedOutJobsHaveAReason() {
    course = HubJobScenario.of(Duration.ofHours(9));
    JobReference job = training.submit(order());

    time.advance(Duration.ofHours(7));

    assertThat(operations.fetch(job).failureReason()).hasValue("Job timeout");
  }

  @Test
  void aCancelledJobIsCancelled() {
    JobReference job = training.submit(order());

    assertThat(operations.cancel(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(operations.list(Optional.empty()).jobs()).hasSize(1);
  }

  @Test
  void anUnknownStageIsReportedNotThrown() {
    JobReference job = training.submit(order());
    simulated
        .faults()
        .next(
            "GET /api/jobs/{}/{}",
            Fault.changed(json -> json.put("status", Map.of("stage", "DREAMING"))));

    FineTuningJob seen = operations.fetch(job);

    assertThat(seen.status()).isEqualTo(JobStatus.UNRECOGNIZED);
    assertThat(seen.providerStatus()).isEqualTo("DREAMING");
  }

  @Test
  void anUnknownMachineIsRefusedBeforeAnyRequestThatCreates() {
    InvalidRequestException refused =
        catchThrowableOfType(
            InvalidRequestException.class,
            () -> training("a9000", Duration.ofHours(1)).submit(order()));

    assertThat(refused)
        .hasMessageContaining(
            "Unknown machine \"a9000\"; available are [cpu-basic, t4-small, a10g-large]");
    assertThat(simulated.commits()).isZero();
  }

  @Test
  void pricesComeFromTheService() {
    Flavor flavor = new JobsApi(hub, null).flavors().get(2);

    assertThat(flavor.accelerator()).hasValue("A10G");
    assertThat(flavor.costOf(Duration.ofHours(2)).orElseThrow().amount())
        .isEqualByComparingTo("3.00");
  }

  @Test
  void unsupportedOperationsAreRefusedBeforeAnyRequest() {
    JobReference job = new JobReference(HuggingFaceHub.HUGGING_FACE, "1");

    UnsupportedCapabilityException refused =
        catchThrowableOfType(UnsupportedCapabilityException.class, () -> operations.pause(job));

    assertThat(refused).hasMessageContaining("pausing a job");
    assertThat(simulated.requests()).isEmpty();
  }

  private JobsTraining training(String flavor, Duration timeout) {
    JobsSettings settings = new JobsSettings(flavor, timeout, JobsSettings.IMAGE, () -> "hf_job");
    return new JobsTraining(hub, new JobsApi(hub, null), settings, time);
  }

  private static TrainingOrder order() {
    return new TrainingOrder(
        KEY,
        "acme/base",
        "tuned",
        directory -> Files.writeString(directory.resolve("request.json"), "{}"),
        "runner/run.py",
        List.of("trl==1.16.0"));
  }

  private static SimulatedResponse listed(JsonObject... jobs) {
    List<Object> all = new ArrayList<>();
    List.of(jobs).forEach(job -> all.add(job.asMap()));
    return SimulatedResponse.content(200, "application/json", StoredContent.of(Json.write(all)));
  }

  private JsonObject lastOrder() {
    List<RecordedExchange> orders =
        simulated.requests().stream()
            .filter(
                request ->
                    (request.method() + " " + request.template()).equals("POST /api/jobs/{owner}"))
            .toList();
    return Json.parseObject(orders.get(orders.size() - 1).requestBody());
  }
}
