package dev.finetune4j.huggingface.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.testkit.simulator.huggingface.JobCourse;
import dev.finetune4j.testkit.simulator.huggingface.SimulatedHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Hub's own Python client against the simulated Hub, and both clients on one cache. */
@Tag("python")
final class HubPythonTest {
  private static final Path SCRIPTS = Path.of("src/test/python");

  @TempDir Path folder;

  @Test
  void theOfficialClientFindsAHubAndWhatWeHaveFetched() throws Exception {
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
        .jobs(order -> JobCourse.of(Duration.ofSeconds(1)).saying("one", "two"))
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
    ProcessBuilder process =
        new ProcessBuilder(interpreter(), SCRIPTS.resolve("hub_client.py").toString());
    process.command().addAll(List.of(arguments));
    process.environment().put("HF_ENDPOINT", simulated.endpoint().toString());
    process.environment().put("HF_TOKEN", simulated.token());
    process.environment().put("HF_HOME", folder.resolve("home").toString());
    process.environment().put("HF_HUB_DISABLE_XET", "1");
    process.environment().put("HF_HUB_DISABLE_PROGRESS_BARS", "1");
    return run(process);
  }

  private static String interpreter() throws Exception {
    Path requirements = SCRIPTS.resolve("requirements-hub.txt");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(requirements));
    Path environment =
        Path.of(System.getProperty("user.home"), ".cache", "finetune4j")
            .resolve("python-hub-" + HexFormat.of().formatHex(digest).substring(0, 12));
    String python = environment.resolve("bin/python").toString();
    Path ready = environment.resolve("ready");
    if (!Files.exists(ready)) {
      run(new ProcessBuilder("python3", "-m", "venv", environment.toString()));
      run(
          new ProcessBuilder(
              python, "-m", "pip", "install", "--quiet", "-r", requirements.toString()));
      Files.createFile(ready);
    }
    return python;
  }

  private static String run(ProcessBuilder command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("hub-python", ".log");
    int code = command.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    String said = Files.readString(log);
    Files.delete(log);
    assertThat(code).as(said).isZero();
    return said;
  }
}
