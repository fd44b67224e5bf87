package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.openai.OpenAiErrors;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One key makes one job, even if the list shows a new job late or threads race. */
final class ExactlyOneJobTest {
  private static final String CREATION = "POST /fine_tuning/jobs";
  private static final FineTuningRequest REQUEST =
      Requests.sums("gpt-4.1-mini-2025-04-14", "only-one");

  private final FakeClock time = new FakeClock();
  private SimulatedOpenAi service;
  private OpenAiProvider provider;

  @BeforeEach
  void start() {
    open(0);
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 10, 29})
  void aLostJobThatTheListShowsWithinThirtySecondsIsAdopted(int lag) {
    lagBy(lag);
    service.faults().next(CREATION, Fault.lostAnswer());

    JobHandle job = provider.submit(REQUEST);

    assertThat(service.jobsCreated()).isEqualTo(1);
    assertThat(job.refresh().status().isTerminal()).isFalse();
    assertThat(time.slept()).isBetween(Duration.ofSeconds(lag), Duration.ofSeconds(30));
  }

  @Test
  void theOlderOfTwoJobsIsKeptEvenIfTheListShowsTheNewerLater() throws Exception {
    lagBy(33);
    service.faults().next(CREATION, Fault.lostAnswer());
    service.faults().next(CREATION, notReady());

    JobHandle job = provider.submit(REQUEST);
    time.advance(Duration.ofMinutes(2));

    assertThat(service.jobsCreated()).isEqualTo(2);
    assertThat(statusesOldestFirst().get(1)).isEqualTo(JobStatus.CANCELLED);
    assertThat(job.reference()).isEqualTo(oldest());
    assertThat(job.await(PollingSchedule.standard()).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void aSurplusJobThatIsListedLateIsCancelledByTheNextSubmission() {
    lagBy(120);
    service.faults().next(CREATION, Fault.lostAnswer());
    JobHandle first = provider.submit(REQUEST);
    time.advance(Duration.ofMinutes(3));

    JobHandle second = provider.submit(REQUEST);

    assertThat(service.jobsCreated()).isEqualTo(2);
    assertThat(second.reference()).isEqualTo(oldest()).isNotEqualTo(first.reference());
    assertThat(first.refresh().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(second.refresh().status().isTerminal()).isFalse();
  }

  @Test
  void aSurplusJobIsCancelledEvenIfItsOwnResponseWasLost() {
    lagBy(33);
    service.faults().next(CREATION, Fault.lostAnswer());
    service.faults().next(CREATION, Fault.lostAnswer());
    provider.submit(REQUEST);
    time.advance(Duration.ofMinutes(2));

    JobHandle again = provider.submit(REQUEST);

    assertThat(service.jobsCreated()).isEqualTo(2);
    assertThat(again.reference()).isEqualTo(oldest());
    assertThat(statusesOldestFirst().get(1)).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void theOlderJobIsAdoptedEvenIfTheServerCannotCancel() {
    lagBy(33);
    provider.close();
    provider = Simulations.provider(service, time).without(Capability.CANCEL_JOB).build();
    service.faults().next(CREATION, Fault.lostAnswer());
    service.faults().next(CREATION, notReady());

    JobHandle job = provider.submit(REQUEST);
    time.advance(Duration.ofMinutes(1));

    assertThat(job.reference()).isEqualTo(oldest());
  }

  @Test
  void aFailedOlderJobLeavesTheNewerOneRunning() {
    lagBy(120);
    service.faults().next(CREATION, Fault.lostAnswer());
    JobHandle newer = provider.submit(REQUEST);
    time.advance(Duration.ofMinutes(3));
    provider.job(oldest()).cancel();

    provider.submit(REQUEST);

    assertThat(newer.refresh().status().isTerminal()).isFalse();
  }

  @Test
  void afterThreeFailedCreationsTheNextSubmissionMakesTheJob() {
    service.faults().next(CREATION, 3, Fault.answer(OpenAiErrors.status(503)));

    assertThatThrownBy(() -> provider.submit(REQUEST))
        .isInstanceOf(ProviderUnavailableException.class);
    int afterFailure = service.jobsCreated();
    provider.submit(REQUEST);

    assertThat(afterFailure).isZero();
    assertThat(service.jobsCreated()).isEqualTo(1);
  }

  @Test
  void concurrentSubmissionsOfOneKeyMakeOneJob() throws Exception {
    service.faults().next(CREATION, Fault.lostAnswer());
    int threads = 4;
    CountDownLatch ready = new CountDownLatch(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<JobReference>> jobs =
          IntStream.range(0, threads)
              .mapToObj(
                  number ->
                      executor.submit(
                          () -> {
                            ready.countDown();
                            ready.await();
                            return provider.submit(REQUEST).reference();
                          }))
              .toList();
      for (Future<JobReference> job : jobs) {
        assertThat(job.get(30, TimeUnit.SECONDS)).isEqualTo(jobs.get(0).get());
      }
    } finally {
      executor.shutdownNow();
    }

    assertThat(service.jobsCreated()).isEqualTo(1);
    assertThat(service.filesUploaded()).isEqualTo(1);
  }

  /** Starts a service whose job list lags. */
  private void lagBy(int seconds) {
    stop();
    open(seconds);
  }

  private void open(int lagInSeconds) {
    service =
        SimulatedOpenAi.builder().time(time).listLag(Duration.ofSeconds(lagInSeconds)).start();
    provider = Simulations.provider(service, time).build();
  }

  private static Fault notReady() {
    return Fault.answer(
        OpenAiErrors.of(
            400, "invalid_request_error", "training_file", null, "File is not ready yet."));
  }

  private JobReference oldest() {
    List<FineTuningJob> jobs = jobs();
    return jobs.get(jobs.size() - 1).reference();
  }

  private List<JobStatus> statusesOldestFirst() {
    List<FineTuningJob> jobs = jobs();
    return List.of(jobs.get(jobs.size() - 1).status(), jobs.get(0).status());
  }

  private List<FineTuningJob> jobs() {
    return provider.jobOperations().list(Optional.empty()).jobs();
  }
}
