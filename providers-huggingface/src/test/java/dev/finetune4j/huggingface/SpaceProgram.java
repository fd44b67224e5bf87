package dev.finetune4j.huggingface;

import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.RepositoryKind;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Space's program as a process of this machine: the script from the Space's repository, and no
 * variables except those of the Space. Only AutoTrain itself may be a fake.
 */
final class SpaceProgram {
  private final SimulatedHub hub;
  private final String name;
  private final Path folder;
  private final Map<String, String> changes = new TreeMap<>();

  SpaceProgram(SimulatedHub hub, String name, Path folder) {
    this.hub = hub;
    this.name = name;
    this.folder = folder;
  }

  /** Sets a variable that is not one of the Space. */
  SpaceProgram with(String variable, String value) {
    changes.put(variable, value);
    return this;
  }

  /** Lets {@code python -m autotrain.cli.autotrain} be a fake. */
  SpaceProgram withStandIn() throws IOException {
    Path module = Files.createDirectories(folder.resolve("modules/autotrain/cli"));
    Path script = module.resolve("autotrain.py");
    if (!Files.exists(script)) {
      Files.copy(FakePython.SCRIPTS.resolve("fake_autotrain.py"), script);
    }
    return with("PYTHONPATH", folder.resolve("modules").toString());
  }

  /** Starts it. */
  Process start(String interpreter) throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    ProcessBuilder process = new ProcessBuilder(interpreter, script().toString());
    Map<String, String> variables = process.environment();
    variables.clear();
    variables.put("PATH", System.getenv("PATH"));
    variables.put("HOME", home.toString());
    variables.put("TMPDIR", home.toString());
    variables.put("PYTHONUNBUFFERED", "1");
    variables.put("HF_ENDPOINT", hub.endpoint().toString());
    variables.put("HF_HUB_DISABLE_XET", "1");
    variables.put("HF_HUB_DISABLE_PROGRESS_BARS", "1");
    variables.put("SPACE_ID", name);
    variables.put("FINETUNE4J_PORT", "0");
    variables.putAll(given());
    variables.putAll(changes);
    variables.values().removeIf(String::isEmpty);
    return process.redirectErrorStream(true).redirectOutput(log().toFile()).start();
  }

  /** Returns what it has said so far. */
  List<String> said() throws IOException {
    return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
  }

  private Path log() {
    return folder.resolve("space.log");
  }

  private Path script() {
    try (HuggingFaceHub client =
        HuggingFaceHub.builder()
            .endpoint(hub.endpoint())
            .token(hub.token())
            .cache(folder.resolve("scripts"))
            .build()) {
      return client
          .repository(new RepositoryId(RepositoryKind.SPACE, name))
          .download("main", "finetune4j_space.py");
    }
  }

  /** Returns the variables and secrets that were set by requests. */
  private Map<String, String> given() {
    Map<String, String> given = new TreeMap<>();
    hub.requests().stream()
        .filter(
            request ->
                request.path().equals("/api/spaces/" + name + "/variables")
                    || request.path().equals("/api/spaces/" + name + "/secrets"))
        .map(request -> Json.parseObject(request.requestBody()))
        .forEach(
            (JsonObject body) -> given.put(body.requireString("key"), body.requireString("value")));
    return given;
  }
}
