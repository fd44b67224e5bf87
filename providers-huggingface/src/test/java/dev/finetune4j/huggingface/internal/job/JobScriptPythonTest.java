package dev.finetune4j.huggingface.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.huggingface.hub.HubFile;
import dev.finetune4j.huggingface.hub.HubPython;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.Visibility;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that runs on a machine of the service, with a trainer that only writes files. */
@Tag("python")
final class JobScriptPythonTest {
  private static final String TRAINER =
      """
      import json, pathlib, sys, time
      assert sys.stdin.readline().strip() == "start"
      folder = pathlib.Path(sys.argv[1])
      with open(folder / "events.jsonl", "a") as events:
          for step in (1, 2):
              events.write(json.dumps({"id": f"step-{step}", "type": "metrics", "step": step}) + "\\n")
      (folder / "output").mkdir()
      (folder / "output" / "adapter_model.safetensors").write_bytes(b"weights")
      (folder / "state.json").write_text(json.dumps({"status": "succeeded"}))
      """;

  @TempDir Path folder;

  @Test
  void eventsReachTheLogAndTheResultReachesTheHub() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    Path script = Files.writeString(mounted.resolve(JobScript.NAME), JobScript.text());
    Files.writeString(mounted.resolve("run.py"), TRAINER);
    try (SimulatedHub simulated = SimulatedHub.builder().user("acme").start();
        HuggingFaceHub hub =
            HuggingFaceHub.builder()
                .endpoint(simulated.endpoint())
                .token(simulated.token())
                .build()) {
      HubRepository result = hub.repository(RepositoryId.model("acme/tuned"));
      result.create(Visibility.PRIVATE);

      String log =
          HubPython.run(
              script,
              simulated,
              folder.resolve("home"),
              mounted.toString(),
              "run.py",
              "acme/tuned");

      assertThat(log.lines().filter(line -> line.startsWith(ServiceLog.EVENT))).hasSize(2);
      assertThat(result.files("main"))
          .extracting(HubFile::path)
          .contains("adapter_model.safetensors");
      assertThat(mounted).isDirectoryNotContaining("glob:**/output");
    }
  }
}
