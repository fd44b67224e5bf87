package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.Faults;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A hundred runs with random faults in responses. */
final class FaultRunsTest {
  private static final int RUNS = 100;
  private static final int RESTARTS = 80;
  private static final String DEPLOYMENT =
      "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.CognitiveServices/accounts/{}"
          + "/deployments/{}";

  private long struck;

  @Test
  void anyLostResponseStillLeavesOneJobOneFileAndOneDeployment() throws Exception {
    for (int seed = 0; seed < RUNS; seed++) {
      run(seed);
    }

    assertThat(struck).as("faults").isGreaterThan(RUNS);
  }

  private void run(int seed) throws InterruptedException {
    Random random = new Random(seed);
    FakeClock time = new FakeClock();
    FineTuningRequest request = Simulations.request();
    try (SimulatedAzure service = SimulatedAzure.builder().time(time).start()) {
      plan(service.faults(), random);

      FineTuningJob job = untilDone(service, time, request);

      assertThat(job.status()).as("seed %d", seed).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(service.jobsCreated()).as("jobs, seed %d", seed).isEqualTo(1);
      assertThat(service.filesUploaded()).as("files, seed %d", seed).isEqualTo(1);
      assertThat(service.deploymentsCreated()).as("deployments, seed %d", seed).isEqualTo(1);
      struck += service.faults().raised();
    }
  }

  private static FineTuningJob untilDone(
      SimulatedAzure service, FakeClock time, FineTuningRequest request)
      throws InterruptedException {
    for (int start = 0; start < RESTARTS; start++) {
      try (AzureProvider provider = Simulations.options(service, time).build()) {
        FineTuningJob job = provider.submit(request).await(PollingSchedule.standard());
        Deployer deployer = provider.deployer().orElseThrow();
        deployer
            .deploy(DeploymentSpec.of(job.requireFineTunedModel(), "bot", Capacity.serverless()))
            .await(PollingSchedule.standard());
        return job;
      } catch (FineTuningException failure) {
        assertThat(failure.responsibility().name()).isIn("WAIT", "PROVIDER");
      }
    }
    throw new AssertionError("no attempt succeeded");
  }

  private static void plan(Faults faults, Random random) {
    List<String> routes =
        List.of(
            "POST /files",
            "POST /fine_tuning/jobs",
            "GET /fine_tuning/jobs",
            "GET /fine_tuning/jobs/{}",
            "GET /files/{}",
            "PUT " + DEPLOYMENT,
            "GET " + DEPLOYMENT,
            "POST /chat/completions");
    for (String route : routes) {
      List<Fault> all = faults();
      double chance = route.startsWith("GET") ? 0.12 : 0.4;
      faults.chance(route, chance / 2, all.get(random.nextInt(all.size())));
      faults.chance(route, chance / 2, all.get(random.nextInt(all.size())));
    }
  }

  private static List<Fault> faults() {
    SimulatedResponse conflict = error(409, "RequestConflict");
    return List.of(
        Fault.lostAnswer(),
        Fault.resetAfterHandling(),
        Fault.resetBeforeHandling(),
        Fault.cutBody(10),
        Fault.answer(error(500, "InternalServerError")),
        Fault.answer(conflict.withHeader("Retry-After", "3")),
        Fault.answer(error(429, "429").withHeader("retry-after-ms", "1500")),
        Fault.handledButAnswered(error(503, "serviceUnavailable")));
  }

  private static SimulatedResponse error(int status, String code) {
    JsonObject error = JsonObject.empty().put("code", code).put("message", "injected");
    return SimulatedResponse.json(status, JsonObject.empty().put("error", error));
  }
}
