package dev.finetune4j.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.JobScenario;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.testkit.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class JobHandleTest {
  private static final PollingSchedule EVERY_10_SECONDS =
      new PollingSchedule(
          Duration.ofSeconds(10), 1, Duration.ofSeconds(10), Duration.ofMinutes(10));

  private final FakeClock time = new FakeClock();
  private final FakeProvider provider = FakeProvider.builder(time).build();

  @Test
  void awaitReturnsTheLastSnapshotAndReportsEveryChange() throws Exception {
    RecordingListener listener = new RecordingListener();

    FineTuningJob job = submit(provider).await(EVERY_10_SECONDS, listener);

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(time.slept()).isEqualTo(Duration.ofMinutes(6));
    assertThat(listener.statuses())
        .containsExactly(
            JobStatus.VALIDATING, JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.SUCCEEDED);
    assertThat(listener.events()).hasSize(16);
  }

  @Test
  void aFailedJobIsReturnedNotThrown() throws Exception {
    FakeProvider failing =
        providerWith(JobScenario.failingAfter(Duration.ofMinutes(1), "out of memory"));

    FineTuningJob job = submit(failing).await(EVERY_10_SECONDS);

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThatThrownBy(job::requireFineTunedModel)
        .isInstanceOf(JobFailedException.class)
        .hasMessage("Job fake:job-1 has no model: its status is FAILED. out of memory");
  }

  @Test
  void pausesGrowToTheirMaximum() throws Exception {
    PollingSchedule growing =
        new PollingSchedule(Duration.ofSeconds(5), 2, Duration.ofSeconds(30), Duration.ofHours(1));
    FakeProvider two = providerWith(JobScenario.succeedingAfter(Duration.ofSeconds(90)));

    submit(two).await(growing);

    assertThat(time.sleeps())
        .extracting(Duration::toSeconds)
        .containsExactly(5L, 10L, 20L, 30L, 30L);
  }

  @Test
  void theScheduleGivesUpExactlyAtItsLimitAfterALastPoll() {
    JobHandle handle = submit(providerWith(JobScenario.endless()));
    PollingSchedule schedule = EVERY_10_SECONDS.givingUpAfter(Duration.ofSeconds(25));

    assertThatThrownBy(() -> handle.await(schedule))
        .isInstanceOfSatisfying(
            JobTimeoutException.class,
            timeout -> assertThat(timeout.lastSeen().status()).isEqualTo(JobStatus.RUNNING))
        .hasMessageContaining("after PT25S; it continues.");

    assertThat(time.sleeps()).extracting(Duration::toSeconds).containsExactly(10L, 10L, 5L);
  }

  @Test
  void aJobThatEndsAtTheLimitIsReturned() throws Exception {
    JobHandle handle = submit(providerWith(JobScenario.succeedingAfter(Duration.ofSeconds(25))));

    FineTuningJob job = handle.await(EVERY_10_SECONDS.givingUpAfter(Duration.ofSeconds(25)));

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void anInterruptEndsTheWaitAndNotTheJob() {
    JobHandle handle = submit(provider);
    time.after(Duration.ofSeconds(42), Thread.currentThread()::interrupt);

    assertThatThrownBy(() -> handle.await(EVERY_10_SECONDS))
        .isInstanceOf(OperationInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();

    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(42));
    assertThat(handle.refresh().status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void withoutAListenerNoEventsAreRequested() throws Exception {
    submit(provider).await(EVERY_10_SECONDS);

    assertThat(provider.calls().count(FakeOperation.LIST_EVENTS)).isZero();
    assertThat(provider.calls().count(FakeOperation.FETCH_JOB)).isEqualTo(37);
  }

  @Test
  void aProviderWithoutEventsCanBeAwaited() throws Exception {
    FakeProvider silent = FakeProvider.builder(time).without(Capability.JOB_EVENTS).build();
    RecordingListener listener = new RecordingListener();

    FineTuningJob job = submit(silent).await(EVERY_10_SECONDS, listener);

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(listener.events()).isEmpty();
    assertThat(listener.statuses()).hasSize(4);
  }

  @Test
  void anUnknownJobFailsAtOnce() {
    JobHandle handle = provider.job(new JobReference(provider.id(), "job-404"));

    assertThatThrownBy(() -> handle.await(EVERY_10_SECONDS)).isInstanceOf(NotFoundException.class);

    assertThat(time.slept()).isZero();
  }

  @Test
  void aProviderThatIsDownAtTheFirstPollFailsAtOnce() {
    JobHandle handle = submit(provider);
    provider.calls().beUnavailable(FakeOperation.FETCH_JOB, 1);

    assertThatThrownBy(() -> handle.await(EVERY_10_SECONDS))
        .isInstanceOf(ProviderUnavailableException.class);
  }

  @Test
  void aShortOutageIsTolerated() throws Exception {
    JobHandle handle = submit(provider);
    time.after(
        Duration.ofSeconds(65), () -> provider.calls().beUnavailable(FakeOperation.FETCH_JOB, 12));
    RecordingListener listener = new RecordingListener();

    FineTuningJob job = handle.await(EVERY_10_SECONDS, listener);

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(listener.events()).hasSize(16);
  }

  @Test
  void anOutageOfFifteenMinutesEndsTheWait() {
    FakeProvider down = providerWith(JobScenario.endless());
    JobHandle handle = submit(down);
    PollingSchedule patient = EVERY_10_SECONDS.givingUpAfter(Duration.ofHours(24));
    time.after(
        Duration.ofSeconds(65), () -> down.calls().beUnavailable(FakeOperation.FETCH_JOB, 10_000));

    assertThatThrownBy(() -> handle.await(patient))
        .isInstanceOf(ProviderUnavailableException.class);

    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(70).plusMinutes(15));
  }

  @Test
  void thePauseOfARateLimitIsRespected() throws Exception {
    JobHandle handle = submit(provider);
    time.after(
        Duration.ofSeconds(15),
        () -> provider.calls().limitRate(FakeOperation.FETCH_JOB, Duration.ofSeconds(77)));

    handle.await(EVERY_10_SECONDS);

    assertThat(time.sleeps().subList(0, 4))
        .extracting(Duration::toSeconds)
        .containsExactly(10L, 10L, 77L, 10L);
  }

  private FakeProvider providerWith(JobScenario course) {
    return FakeProvider.builder(time).course(course).build();
  }

  private static JobHandle submit(FakeProvider provider) {
    return provider.submit(Requests.sums("base", "key-1"));
  }
}
