package dev.finetune4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FakeProviderTest {
  private final FakeClock time = new FakeClock();
  private final FakeProvider provider = FakeProvider.builder(time).build();

  @Test
  void aJobFollowsItsCourseAsTimeMoves() throws Exception {
    JobHandle handle = provider.submit(request("key-1"));

    JobStatus first = handle.refresh().status();
    time.advance(Duration.ofSeconds(15));
    JobStatus second = handle.refresh().status();
    FineTuningJob last = handle.await(PollingSchedule.standard());

    assertThat(first).isEqualTo(JobStatus.VALIDATING);
    assertThat(second).isEqualTo(JobStatus.QUEUED);
    assertThat(last.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(last.finishedAt()).contains(FakeClock.START.plusSeconds(360));
    assertThat(last.trainedTokens()).hasValue(10_000);
  }

  @Test
  void aPauseStopsTheCourse() {
    JobHandle handle = provider.submit(request("key-1"));
    time.advance(Duration.ofMinutes(2));

    handle.pause();
    time.advance(Duration.ofHours(1));
    JobStatus paused = handle.refresh().status();
    handle.resume();
    time.advance(Duration.ofMinutes(3));
    JobStatus goingOn = handle.refresh().status();
    time.advance(Duration.ofMinutes(1));

    assertThat(paused).isEqualTo(JobStatus.PAUSED);
    assertThat(goingOn).isEqualTo(JobStatus.RUNNING);
    assertThat(handle.refresh().finishedAt())
        .contains(FakeClock.START.plus(Duration.ofMinutes(66)));
  }

  @Test
  void aLostAnswerLeavesTheJobThere() {
    provider.calls().loseAnswer(FakeOperation.SUBMIT);

    assertThatThrownBy(() -> provider.submit(request("key-1")))
        .isInstanceOf(ProviderUnavailableException.class);

    assertThat(provider.findJob(new SubmissionKey("key-1"))).isPresent();
    assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isEqualTo(1);
  }

  @Test
  void aRefusedCallHasNoEffect() {
    provider.calls().limitRate(FakeOperation.SUBMIT, Duration.ofSeconds(7));

    assertThatThrownBy(() -> provider.submit(request("key-1")))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            limit -> assertThat(limit.retryAfter()).contains(Duration.ofSeconds(7)));

    assertThat(provider.findJob(new SubmissionKey("key-1"))).isEmpty();
    assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isZero();
  }

  @Test
  void aCrashHookRunsBeforeEachCall() {
    provider
        .calls()
        .runBeforeEach(
            operation -> {
              if (operation == FakeOperation.CREATE_JOB) {
                throw new AssertionError("killed");
              }
            });

    assertThatThrownBy(() -> provider.submit(request("key-1"))).hasMessage("killed");

    assertThat(provider.findJob(new SubmissionKey("key-1"))).isEmpty();
  }

  @Test
  void aDeploymentBillsFromItsCreationToItsEnd() throws Exception {
    DeploymentHandle handle = deploy(provider);
    Deployment ready = handle.await(PollingSchedule.standard());
    time.advance(Duration.ofMinutes(60).minus(time.slept()));

    handle.delete();
    time.advance(Duration.ofDays(1));

    assertThat(ready.endpoint()).isPresent();
    assertThat(provider.billed()).isEqualTo(Money.dollars("1.70"));
    assertThat(provider.standingDeployments()).isEmpty();
  }

  @Test
  void aDeployedModelThatLearntByHeartAnswersUntilItIsGone() throws Exception {
    FineTuningJob job = provider.submit(request("key-1")).await(PollingSchedule.standard());
    DeploymentHandle handle =
        provider
            .deployer()
            .orElseThrow()
            .deploy(DeploymentSpec.of(job.requireFineTunedModel(), "tuned", Capacity.serverless()));
    ChatModel model =
        provider.deployer().orElseThrow().chatModel(handle.await(PollingSchedule.standard()));

    String known = model.chat(ChatRequest.of("two and two?")).text();
    String unknown = model.chat(ChatRequest.of("three and three?")).text();
    handle.delete();

    assertThat(known).isEqualTo("four");
    assertThat(unknown).isEmpty();
    assertThatThrownBy(() -> model.chat(ChatRequest.of("two and two?")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aModelIsTheFunctionThatTheTestGives() {
    FakeProvider scripted =
        FakeProvider.builder(time)
            .model("base", request -> ChatResponse.of("I am " + request.messages().size()))
            .build();

    ChatModel model = scripted.chatModel(new ModelReference(scripted.id(), "base")).orElseThrow();

    assertThat(model.chat(ChatRequest.of("who?")).text()).isEqualTo("I am 1");
    assertThat(scripted.calls().count(FakeOperation.CHAT)).isEqualTo(1);
  }

  private DeploymentHandle deploy(FakeProvider at) {
    return at.deployer()
        .orElseThrow()
        .deploy(
            DeploymentSpec.of(new ModelReference(at.id(), "base"), "one", Capacity.serverless()));
  }

  private static FineTuningRequest request(String key) {
    Dataset<ChatExample> data =
        Dataset.of(
            "sums",
            ChatExample.class,
            List.of(ChatExample.of(Message.user("two and two?"), Message.assistant("four"))));
    return FineTuningRequest.builder("base", SupervisedTraining.withDefaults(), data)
        .submissionKey(new SubmissionKey(key))
        .build();
  }
}
