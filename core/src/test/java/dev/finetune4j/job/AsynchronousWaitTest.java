package dev.finetune4j.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.JobScenario;
import dev.finetune4j.testkit.ManualScheduler;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.testkit.Requests;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class AsynchronousWaitTest {
  private static final PollingSchedule EVERY_10_SECONDS =
      new PollingSchedule(
          Duration.ofSeconds(10), 1, Duration.ofSeconds(10), Duration.ofMinutes(10));

  private static final PollingSchedule EVERY_MILLISECOND =
      new PollingSchedule(Duration.ofMillis(1), 1, Duration.ofMillis(1), Duration.ofDays(1));

  private final FakeClock time = new FakeClock();
  private final ManualScheduler scheduler = new ManualScheduler(time);
  private final FakeProvider provider = FakeProvider.builder(time).build();

  @Test
  void theFutureCompletesWhenTheJobHasEnded() {
    RecordingListener listener = new RecordingListener();

    CompletableFuture<FineTuningJob> future =
        submit(provider).awaitAsync(EVERY_10_SECONDS, scheduler, listener);
    time.advance(Duration.ofSeconds(355));
    boolean early = future.isDone();
    time.advance(Duration.ofSeconds(5));

    assertThat(early).isFalse();
    assertThat(future).isCompletedWithValueMatching(job -> job.status() == JobStatus.SUCCEEDED);
    assertThat(listener.events()).hasSize(16);
    assertThat(time.slept()).isZero();
  }

  @Test
  void theScheduleGivesUpExactlyAtItsLimit() {
    FakeProvider endless = FakeProvider.builder(time).course(JobScenario.endless()).build();

    CompletableFuture<FineTuningJob> future =
        submit(endless)
            .awaitAsync(
                EVERY_10_SECONDS.givingUpAfter(Duration.ofSeconds(25)),
                scheduler,
                JobListener.NONE);
    time.advance(Duration.ofSeconds(24));
    boolean early = future.isDone();
    time.advance(Duration.ofSeconds(1));

    assertThat(early).isFalse();
    assertThatThrownBy(future::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(JobTimeoutException.class);
  }

  @Test
  void cancellingTheFutureEndsThePollingAndNotTheJob() {
    JobHandle handle = submit(provider);
    CompletableFuture<FineTuningJob> future =
        handle.awaitAsync(EVERY_10_SECONDS, scheduler, JobListener.NONE);
    time.advance(Duration.ofSeconds(20));
    int asked = provider.calls().count(FakeOperation.FETCH_JOB);

    future.cancel(true);
    time.advance(Duration.ofSeconds(100));

    assertThat(asked).isEqualTo(3);
    assertThat(provider.calls().count(FakeOperation.FETCH_JOB)).isEqualTo(3);
    assertThat(handle.refresh().status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void anErrorOfTheListenerCompletesTheFuture() {
    JobListener broken =
        new JobListener() {
          @Override
          public void onSnapshot(FineTuningJob job) {
            throw new AssertionError("the listener is broken");
          }
        };

    CompletableFuture<FineTuningJob> future =
        submit(provider).awaitAsync(EVERY_10_SECONDS, scheduler, broken);

    assertThatThrownBy(future::join).hasRootCauseMessage("the listener is broken");
  }

  @Test
  void aSchedulerThatIsAlreadyShutDownIsRefused() {
    scheduler.shutdown();

    assertThatThrownBy(
            () -> submit(provider).awaitAsync(EVERY_10_SECONDS, scheduler, JobListener.NONE))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aSchedulerThatIsShutDownDuringTheWaitFailsTheFuture() {
    CompletableFuture<FineTuningJob> future =
        submit(provider).awaitAsync(EVERY_10_SECONDS, scheduler, JobListener.NONE);

    scheduler.shutdown();
    time.advance(Duration.ofSeconds(10));

    assertThatThrownBy(future::join).hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  @Timeout(60)
  void aSchedulerThatDropsTheNextPollFailsTheFuture() {
    CompletableFuture<FineTuningJob> future =
        submit(provider).awaitAsync(EVERY_MILLISECOND, scheduler, JobListener.NONE);

    scheduler.shutdownNow();

    assertThatThrownBy(future::join)
        .hasCauseInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("wait again with another scheduler");
  }

  @Test
  @Timeout(60)
  void shutdownNowOfAJdkExecutorFailsTheFuture() {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    CompletableFuture<FineTuningJob> future =
        submit(provider).awaitAsync(EVERY_MILLISECOND, executor, JobListener.NONE);

    executor.shutdownNow();

    assertThatThrownBy(future::join).hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aClosedProviderFailsTheFuture() {
    CompletableFuture<FineTuningJob> future =
        submit(provider).awaitAsync(EVERY_10_SECONDS, scheduler, JobListener.NONE);

    provider.close();
    time.advance(Duration.ofSeconds(10));

    assertThatThrownBy(future::join).hasCauseInstanceOf(IllegalStateException.class);
  }

  private static JobHandle submit(FakeProvider provider) {
    return provider.submit(Requests.sums("base", "key-1"));
  }
}
