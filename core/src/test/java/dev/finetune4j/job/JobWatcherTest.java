package dev.finetune4j.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.JobScenario;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class JobWatcherTest {
  private static final PollingSchedule EVERY_MINUTE =
      new PollingSchedule(Duration.ofMinutes(1), 1, Duration.ofMinutes(1), Duration.ofHours(1));

  private final SteppedTime time = new SteppedTime();
  private final List<JobWatcher> opened = new ArrayList<>();

  @AfterEach
  void closeWatchers() {
    opened.forEach(JobWatcher::close);
  }

  @Test
  void everyFutureCompletesWhenItsJobEnds() throws Exception {
    FakeProvider provider =
        FakeProvider.builder(time)
            .courses(
                request ->
                    request.submissionKey().value().equals("key-2")
                        ? JobScenario.failingAfter(Duration.ofMinutes(1), "bad data")
                        : JobScenario.succeedingAfter(Duration.ofMinutes(2)))
            .build();
    List<JobReference> jobs = submit(provider, 3);
    JobWatcher watcher = watcher(provider);

    List<CompletableFuture<FineTuningJob>> ends = jobs.stream().map(watcher::watch).toList();
    time.release(10);

    assertThat(statusOf(ends.get(0))).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(statusOf(ends.get(1))).isEqualTo(JobStatus.FAILED);
    assertThat(statusOf(ends.get(2))).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void tenThousandRunningJobsCostAHundredRequestsAnInterval() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).course(JobScenario.endless()).build();
    List<JobReference> jobs = submit(provider, 10_000);
    JobWatcher watcher = watcher(provider);
    jobs.forEach(watcher::watch);
    time.awaitSleep();
    time.step();
    int before = provider.calls().total();
    int fetchedBefore = provider.calls().count(FakeOperation.FETCH_JOB);

    time.step();
    time.step();
    time.step();

    assertThat(provider.calls().total() - before).isEqualTo(300);
    assertThat(provider.calls().count(FakeOperation.FETCH_JOB)).isEqualTo(fetchedBefore);
  }

  @Test
  void theListenerReceivesSnapshotsAndAtTheEndAllEvents() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).build();
    JobReference job = submit(provider, 1).get(0);
    RecordingListener listener = new RecordingListener();

    CompletableFuture<FineTuningJob> end = watcher(provider).watch(job, listener);
    time.awaitSleep();
    int eventsMeanwhile = listener.events().size();
    time.release(10);

    assertThat(statusOf(end)).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(eventsMeanwhile).isZero();
    assertThat(listener.events()).hasSize(16);
    assertThat(listener.statuses())
        .containsExactly(JobStatus.VALIDATING, JobStatus.RUNNING, JobStatus.SUCCEEDED);
    assertThat(provider.calls().count(FakeOperation.LIST_EVENTS)).isEqualTo(1);
  }

  @Test
  void aThrowingListenerEndsOnlyItsOwnWatch() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).build();
    List<JobReference> jobs = submit(provider, 2);
    JobWatcher watcher = watcher(provider);
    JobListener broken =
        new JobListener() {
          @Override
          public void onSnapshot(FineTuningJob job) {
            throw new AssertionError("the listener is broken");
          }
        };

    CompletableFuture<FineTuningJob> first = watcher.watch(jobs.get(0), broken);
    CompletableFuture<FineTuningJob> second = watcher.watch(jobs.get(1));
    time.release(10);

    assertThat(statusOf(second)).isEqualTo(JobStatus.SUCCEEDED);
    assertThatThrownBy(first::get).hasRootCauseMessage("the listener is broken");
  }

  @Test
  void anUnknownJobFailsOnlyItsOwnWatch() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).build();
    JobReference known = submit(provider, 1).get(0);
    JobWatcher watcher = watcher(provider);

    CompletableFuture<FineTuningJob> unknown =
        watcher.watch(new JobReference(provider.id(), "job-404"));
    CompletableFuture<FineTuningJob> end = watcher.watch(known);
    time.release(10);

    assertThat(statusOf(end)).isEqualTo(JobStatus.SUCCEEDED);
    assertThatThrownBy(unknown::get).hasCauseInstanceOf(NotFoundException.class);
  }

  @Test
  void aWatchGivesUpExactlyAtItsLimit() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).course(JobScenario.endless()).build();
    JobReference job = submit(provider, 1).get(0);
    JobWatcher watcher =
        JobWatcher.builder(provider.jobOperations(), time)
            .schedule(EVERY_MINUTE.givingUpAfter(Duration.ofSeconds(150)))
            .build();
    opened.add(watcher);

    CompletableFuture<FineTuningJob> end = watcher.watch(job);
    time.release(3);

    assertThatThrownBy(() -> end.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JobTimeoutException.class)
        .hasMessageContaining("after PT2M30S");
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(150));
  }

  @Test
  void anOutageIsTolerated() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).build();
    List<JobReference> jobs = submit(provider, 2);
    provider.calls().beUnavailable(FakeOperation.LIST_JOBS, 5);
    provider.calls().beUnavailable(FakeOperation.FETCH_JOB, 1);
    JobWatcher watcher = watcher(provider);

    List<CompletableFuture<FineTuningJob>> ends = jobs.stream().map(watcher::watch).toList();
    time.release(12);

    assertThat(statusOf(ends.get(0))).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(statusOf(ends.get(1))).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void anOutageOfFifteenMinutesFailsTheWatches() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).build();
    JobReference job = submit(provider, 1).get(0);
    provider.calls().beUnavailable(FakeOperation.FETCH_JOB, 100);

    CompletableFuture<FineTuningJob> end = watcher(provider).watch(job);
    time.release(15);

    assertThatThrownBy(() -> end.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ProviderUnavailableException.class);
    assertThat(time.slept()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void aPermanentRefusalFailsTheWatches() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).build();
    List<JobReference> jobs = submit(provider, 2);
    provider
        .calls()
        .runBeforeEach(
            operation -> {
              throw new AuthenticationException(
                  ProviderFailure.of(provider.id(), "The key was revoked.").withHttpStatus(401));
            });
    JobWatcher watcher = watcher(provider);

    List<CompletableFuture<FineTuningJob>> ends = jobs.stream().map(watcher::watch).toList();
    time.release(3);

    for (CompletableFuture<FineTuningJob> end : ends) {
      assertThatThrownBy(() -> end.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(AuthenticationException.class);
    }
  }

  @Test
  void twoWatchesOfOneJobBothComplete() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).build();
    JobReference job = submit(provider, 1).get(0);
    JobWatcher watcher = watcher(provider);

    CompletableFuture<FineTuningJob> first = watcher.watch(job);
    CompletableFuture<FineTuningJob> second = watcher.watch(job);
    time.release(10);

    assertThat(statusOf(first)).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(statusOf(second)).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void closingCancelsTheFuturesAndRefusesNewWatches() {
    FakeProvider provider = FakeProvider.builder(time).build();
    JobReference job = submit(provider, 1).get(0);
    JobWatcher watcher = watcher(provider);
    CompletableFuture<FineTuningJob> end = watcher.watch(job);

    watcher.close();
    watcher.close();

    assertThat(end).isCancelled();
    assertThatThrownBy(() -> watcher.watch(job)).isInstanceOf(IllegalStateException.class);
  }

  private JobWatcher watcher(FakeProvider provider) {
    JobWatcher watcher =
        JobWatcher.builder(provider.jobOperations(), time).schedule(EVERY_MINUTE).build();
    opened.add(watcher);
    return watcher;
  }

  private static List<JobReference> submit(FakeProvider provider, int jobs) {
    List<JobReference> references = new ArrayList<>();
    for (int number = 1; number <= jobs; number++) {
      references.add(provider.submit(unchecked("key-" + number)).reference());
    }
    return references;
  }

  /** Ten thousand jobs of one data set: it was checked elsewhere. */
  private static FineTuningRequest unchecked(String key) {
    return FineTuningRequest.builder("base", SupervisedTraining.withDefaults(), Requests.sums())
        .submissionKey(new SubmissionKey(key))
        .skipValidation()
        .build();
  }

  private static JobStatus statusOf(CompletableFuture<FineTuningJob> end) throws Exception {
    return end.get(20, TimeUnit.SECONDS).status();
  }
}
