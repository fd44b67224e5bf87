package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.providerkit.AttemptReport;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.TransportListener;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.Faults;
import dev.finetune4j.simulator.openai.OpenAiErrors;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two hundred runs from upload to success with random faults in responses, in which the application
 * is sometimes killed between creating the job and recording it.
 */
@Tag("faults")
final class FaultRunsTest {
  private static final int RUNS = 200;
  private static final int RESTARTS = 60;

  private final OkHttpClient client =
      new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

  /** The death of the application, which no code catches. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Totals over all runs, which show that faults occurred. */
  private long struck;

  private long kills;

  @Test
  void anyLostResponseStillLeavesOneJobPerKeyAndOneFilePerContent() throws Exception {
    for (int seed = 0; seed < RUNS; seed++) {
      run(seed);
    }

    assertThat(client.connectionPool().connectionCount())
        .as("open connections that are not idle")
        .isEqualTo(client.connectionPool().idleConnectionCount());
    assertThat(struck).as("faults").isGreaterThan(RUNS);
    assertThat(kills).as("kills").isGreaterThan(RUNS / 10);
  }

  private void run(int seed) throws InterruptedException {
    Random random = new Random(seed);
    FakeClock time = new FakeClock();
    FineTuningRequest request = request(seed);
    try (SimulatedOpenAi service = SimulatedOpenAi.builder().time(time).seed(seed).start()) {
      plan(service.faults(), random);

      FineTuningJob job = untilDone(service, time, request, random.nextInt(3) == 0);

      assertThat(job.status()).as("seed %d", seed).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(service.jobsCreated()).as("jobs, seed %d", seed).isEqualTo(1);
      assertThat(service.filesUploaded()).as("files, seed %d", seed).isEqualTo(2);
      struck += service.faults().raised();
    }
  }

  /** Restarts the application until a run succeeds, as a supervisor would. */
  private FineTuningJob untilDone(
      SimulatedOpenAi service, FakeClock time, FineTuningRequest request, boolean kill)
      throws InterruptedException {
    AtomicBoolean armed = new AtomicBoolean(kill);
    for (int start = 0; start < RESTARTS; start++) {
      try (OpenAiProvider provider = provider(service, time, armed)) {
        RecordingListener listener = new RecordingListener();
        FineTuningJob job = provider.submit(request).await(PollingSchedule.standard(), listener);
        assertThat(new HashSet<>(listener.eventIds())).hasSameSizeAs(listener.eventIds());
        return job;
      } catch (FineTuningException failure) {
        assertThat(failure.responsibility().name()).isIn("WAIT", "PROVIDER");
      } catch (Killed killed) {
        kills++;
      }
    }
    throw new AssertionError("no attempt succeeded");
  }

  private OpenAiProvider provider(SimulatedOpenAi service, FakeClock time, AtomicBoolean armed) {
    return Simulations.provider(service, time)
        .http(
            HttpSettings.builder()
                .client(client)
                .listener(
                    new TransportListener() {
                      @Override
                      public void attemptEnded(AttemptReport report) {
                        if (report.call().equals("POST fine_tuning/jobs")
                            && armed.getAndSet(false)) {
                          throw new Killed();
                        }
                      }
                    })
                .build())
        .build();
  }

  private static void plan(Faults faults, Random random) {
    Map<String, Double> chances =
        Map.of(
            "POST /files", 0.4,
            "POST /fine_tuning/jobs", 0.6,
            "GET /fine_tuning/jobs", 0.15,
            "GET /fine_tuning/jobs/{}", 0.15,
            "GET /fine_tuning/jobs/{}/events", 0.15,
            "GET /files", 0.15,
            "GET /files/{}", 0.15);
    new TreeMap<>(chances)
        .forEach(
            (route, chance) -> {
              List<Fault> some = new ArrayList<>(faults());
              for (int kind = 0; kind < 2; kind++) {
                Fault fault = some.remove(random.nextInt(some.size()));
                faults.chance(route, chance / 2, fault);
              }
            });
  }

  private static List<Fault> faults() {
    return List.of(
        Fault.lostAnswer(),
        Fault.resetAfterHandling(),
        Fault.resetBeforeHandling(),
        Fault.cutBody(10),
        Fault.answer(OpenAiErrors.status(500)),
        Fault.answer(OpenAiErrors.status(503)),
        Fault.answer(OpenAiErrors.rateLimited(3)),
        Fault.handledButAnswered(OpenAiErrors.status(500)),
        Fault.handledButAnswered(OpenAiErrors.status(503)),
        Fault.handledButAnswered(OpenAiErrors.status(504)));
  }

  private static FineTuningRequest request(int seed) {
    return FineTuningRequest.builder(
            "gpt-4.1-mini-2025-04-14", SupervisedTraining.withDefaults(), Requests.sums())
        .validationData(differences())
        .submissionKey(new SubmissionKey("run-" + seed))
        .build();
  }

  private static Dataset<ChatExample> differences() {
    List<ChatExample> examples = new ArrayList<>();
    for (int number = 1; number <= 12; number++) {
      examples.add(
          ChatExample.of(Message.user(number + " - 1 = ?"), Message.assistant("" + (number - 1))));
    }
    return Dataset.of("differences", ChatExample.class, examples);
  }
}
