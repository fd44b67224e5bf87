package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.RepositoryKind;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.JobOrder;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spaces are created for one job, followed, and deleted. */
final class AutoTrainSpacesTest {
  private static final String TOKEN = "hf_spaces0123456789";
  private static final String NAME = "acme/finetune4j-autotrain-key-1";

  @TempDir Path folder;
  private final FakeClock time = new FakeClock();
  private Function<JobOrder, FakeSpace> program = FakeSpace::training;
  private SimulatedHub service;
  private AutoTrainProvider provider;

  @BeforeEach
  void start() {
    service =
        SimulatedHub.builder()
            .time(time)
            .token(TOKEN)
            .user("acme")
            .spaces(order -> program.apply(order).course())
            .start();
    provider =
        AutoTrainProvider.onSpaces(() -> TOKEN)
            .hub(service.endpoint())
            .cache(folder)
            .time(time)
            .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Test
  void anEndedJobLeavesItsModelButNoSpace() throws Exception {
    JobHandle handle = provider.submit(request());
    List<String> during = service.spaces();

    FineTuningJob job = handle.await(PollingSchedule.standard());

    assertThat(during).containsExactly(NAME);
    assertThat(job.requireFineTunedModel().name()).isEqualTo(NAME);
    assertThat(service.spaces()).isEmpty();
    assertThat(handle.refresh().status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void theTokenIsSentOnlyAsASecret() {
    provider.submit(request());

    assertThat(service.requests())
        .filteredOn(exchange -> exchange.requestBody().contains(TOKEN))
        .extracting(RecordedExchange::path)
        .containsExactly("/api/spaces/" + NAME + "/secrets");
  }

  @Test
  void repeatingAnInterruptedSubmitMakesNoSecondSpace() {
    service.faults().next("POST /api/spaces/{}/{}/hardware", 20, Fault.lostAnswer());

    assertThatThrownBy(() -> provider.submit(request()))
        .isInstanceOf(ProviderUnavailableException.class);
    assertThat(provider.findJob(request().submissionKey())).isEmpty();
    service.faults().clear();
    JobHandle handle = provider.submit(request());

    assertThat(handle.reference().id()).isEqualTo(NAME);
    assertThat(service.spacesCreated()).isEqualTo(1);
  }

  @Test
  void theJobHasTheFailureReasonOnTheHub() throws Exception {
    program =
        order ->
            FakeSpace.saying(
                order, "{\"status\":\"failed\",\"failure_reason\":\"KeyError: 'text'\"}");

    FineTuningJob job = provider.submit(request()).await(PollingSchedule.standard());

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failureReason()).contains("KeyError: 'text'");
    assertThat(service.spaces()).isEmpty();
  }

  @Test
  void successWithoutWeightsIsAFailure() throws Exception {
    program = order -> FakeSpace.saying(order, "{\"status\":\"succeeded\"}");

    FineTuningJob job = provider.submit(request()).await(PollingSchedule.standard());

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failureReason().orElseThrow()).contains("no weights in " + NAME);
  }

  @Test
  void aBrokenSpaceIsDeletedAndItsLogIsKept() throws Exception {
    program =
        order ->
            new FakeSpace(
                HubJobScenario.of(Duration.ofMinutes(5))
                    .saying("no space left")
                    .failing("exit code 1"));

    JobHandle handle = provider.submit(request());
    FineTuningJob job = handle.await(PollingSchedule.standard());

    assertThat(job.failureReason().orElseThrow())
        .contains("RUNTIME_ERROR, exit code 1", "no space left");
    assertThat(service.spaces()).isEmpty();
    assertThat(handle.refresh().failureReason()).isEqualTo(job.failureReason());
  }

  @Test
  void aSpaceWithoutALogIsDeleted() throws Exception {
    program =
        order -> new FakeSpace(HubJobScenario.of(Duration.ofMinutes(5)).failing("exit code 1"));
    JobHandle handle = provider.submit(request());
    service
        .faults()
        .next(
            "GET /api/spaces/{}/{}/logs/run",
            100,
            Fault.answer(SimulatedResponse.json(404, JsonObject.empty().put("error", "No logs"))));

    FineTuningJob job = handle.await(PollingSchedule.standard());

    assertThat(job.failureReason().orElseThrow()).contains("RUNTIME_ERROR, exit code 1");
    assertThat(service.spaces()).isEmpty();
  }

  @Test
  void theJobOfADeletedSpaceHasFailed() {
    JobHandle handle = provider.submit(request());
    try (HuggingFaceHub hub =
        HuggingFaceHub.builder().endpoint(service.endpoint()).token(TOKEN).cache(folder).build()) {
      hub.repository(new RepositoryId(RepositoryKind.SPACE, NAME)).delete();
    }

    assertThat(handle.refresh().failureReason().orElseThrow()).contains("it was deleted");
  }

  @Test
  void aCancelledJobHasNoSpace() {
    JobHandle handle = provider.submit(request());

    handle.cancel();

    assertThat(handle.refresh().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(service.spaces()).isEmpty();
  }

  @Test
  void aForgottenSpaceSleeps() {
    provider.submit(request());

    assertThat(service.requests())
        .filteredOn(exchange -> exchange.path().endsWith("/sleeptime"))
        .extracting(RecordedExchange::requestBody)
        .containsExactly("{\"seconds\":16200}");
  }

  private static FineTuningRequest request() {
    return Requests.sums("HuggingFaceTB/SmolLM2-135M-Instruct", "key-1");
  }
}
