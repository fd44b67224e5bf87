package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.JobWatcher;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

/** Ten thousand running jobs: what following them costs in requests and threads. */
final class ManyJobsTest {
  private static final int JOBS = 10_000;
  private static final int INTERVALS = 3;
  private static final int PAGE = 100;

  @StartStop final MockWebServer server = new MockWebServer();

  {
    server.setServerSocketFactory(new PromptSockets());
  }

  private final FakeClock time = new FakeClock();
  private final AtomicInteger requests = new AtomicInteger();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();

  @Test
  void followingTenThousandJobsCostsAtMostOneRequestPerHundredJobs() throws Exception {
    server.setDispatcher(new ManyJobs());
    PollingSchedule everyMinute =
        new PollingSchedule(Duration.ofMinutes(1), 1, Duration.ofMinutes(1), Duration.ofHours(24));
    try (OpenAiProvider provider =
            OpenAiProvider.builder()
                .apiKey(() -> "key")
                .baseUrl(server.url("/v1").toString())
                .time(time)
                .build();
        JobWatcher watcher =
            JobWatcher.builder(provider.jobOperations(), time).schedule(everyMinute).build()) {

      List<CompletableFuture<FineTuningJob>> ends = new ArrayList<>();
      for (int number = JOBS - 1; number >= 0; number--) {
        JobReference job = new JobReference(OpenAiProvider.ID, id(number));
        ends.add(
            watcher
                .watch(job)
                .whenComplete((ended, failure) -> threads.add(Thread.currentThread().getName())));
      }
      Set<JobStatus> statuses = new HashSet<>();
      for (CompletableFuture<FineTuningJob> end : ends) {
        statuses.add(end.get(60, TimeUnit.SECONDS).status());
      }

      assertThat(statuses).containsExactly(JobStatus.SUCCEEDED);
    }
    long looks = Duration.between(FakeClock.START, time.now()).toMinutes() + 1;
    double perJobAndInterval = requests.get() / (double) looks / JOBS;
    assertThat(looks).isGreaterThanOrEqualTo(INTERVALS);
    assertThat(perJobAndInterval).isLessThanOrEqualTo(0.01);
    threads.remove(Thread.currentThread().getName());
    assertThat(threads).containsExactly("finetune4j-job-watcher");
  }

  private static String id(int number) {
    return "ftjob-" + number;
  }

  /** Lists the jobs in pages, newest first; all end together after some minutes. */
  private final class ManyJobs extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      requests.incrementAndGet();
      String last = request.getUrl().pathSegments().get(request.getUrl().pathSize() - 1);
      if (last.startsWith("ftjob-")) {
        return new MockResponse.Builder().body(job(Integer.parseInt(last.substring(6)))).build();
      }
      String after = request.getUrl().queryParameter("after");
      int newest = after == null ? JOBS - 1 : Integer.parseInt(after.substring(6)) - 1;
      StringJoiner jobs = new StringJoiner(",", "{\"object\":\"list\",\"data\":[", "]");
      for (int number = newest; number >= 0 && number > newest - PAGE; number--) {
        jobs.add(job(number));
      }
      return new MockResponse.Builder()
          .body(jobs + ",\"has_more\":" + (newest - PAGE >= 0) + "}")
          .build();
    }

    private String job(int number) {
      boolean ended = Duration.between(FakeClock.START, time.now()).toMinutes() >= INTERVALS;
      return "{\"id\":\"%s\",\"object\":\"fine_tuning.job\",\"status\":\"%s\"}"
          .formatted(id(number), ended ? "succeeded" : "running");
    }
  }
}
