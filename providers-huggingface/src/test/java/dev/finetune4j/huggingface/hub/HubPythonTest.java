package dev.finetune4j.huggingface.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Hub's own Python client against the simulated Hub, and both clients on one cache. */
@Tag("python")
final class HubPythonTest {
  private static final Path SCRIPTS = Path.of("src/test/python");

  @TempDir Path folder;

  @Test
  void theOfficialClientWorksWithTheSimulatorAndOurCache() throws Exception {
    try (SimulatedHub simulated = start();
        HuggingFaceHub hub = client(simulated)) {
      HubRepository ours = hub.repository(RepositoryId.dataset("acme/ours"));
      ours.create(Visibility.PRIVATE);
      ours.commit(HubCommit.of("May").text("data/train.jsonl", "{}"));
      ours.download("main", "data/train.jsonl");
      Path work = Files.createDirectory(folder.resolve("work"));

      String said = python(simulated, work.toString(), "acme/ours", "{}");

      assertThat(said).contains("huggingface_hub 2.4.0").doesNotContain("FAIL");
      assertThat(said.lines().filter(line -> line.startsWith("ok "))).hasSize(19);
      assertThat(simulated.jobsCreated()).isEqualTo(2);
      assertThat(simulated.requests()).noneMatch(request -> request.status() >= 500);
    }
  }

  private static SimulatedHub start() {
    return SimulatedHub.builder()
        .user("acme")
        .gated("acme/closed")
        .scheduling(Duration.ofMillis(500))
        .jobs(order -> HubJobScenario.of(Duration.ofSeconds(1)).saying("one", "two"))
        .start();
  }

  private HuggingFaceHub client(SimulatedHub simulated) {
    return HuggingFaceHub.builder()
        .endpoint(simulated.endpoint())
        .token(simulated.token())
        .cache(folder.resolve("home/hub"))
        .build();
  }

  private String python(SimulatedHub simulated, String... arguments) throws Exception {
    return HubPython.run(
        SCRIPTS.resolve("hub_client.py"), simulated, folder.resolve("home"), arguments);
  }
}
