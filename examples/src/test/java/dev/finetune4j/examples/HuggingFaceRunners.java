package dev.finetune4j.examples;

import dev.finetune4j.Time;
import dev.finetune4j.huggingface.HuggingFaceJobsOptions;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.huggingface.ServerOptions;
import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.JobOrder;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The four ways of training with Hugging Face: two at a simulated Hub, two in processes of this
 * machine where the training itself and the server are fakes.
 */
final class HuggingFaceRunners {
  private static final Path SCRIPTS =
      Path.of("../providers-huggingface/src/test/python").toAbsolutePath().normalize();
  private static final String TOKEN = "hf_plan";

  private final String base;
  private final Path directory;
  private final Time time;

  HuggingFaceRunners(String base, Path directory, Time time) {
    this.base = base;
    this.directory = directory;
    this.time = time;
  }

  SimulatedHub hub() {
    return SimulatedHub.builder()
        .time(time)
        .token(TOKEN)
        .user("acme")
        .jobs(this::course)
        .spaces(
            order ->
                course(order)
                    .pushing(
                        result(order) + "finetune4j_outcome.json", "{\"status\":\"succeeded\"}"))
        .start();
  }

  private HubJobScenario course(JobOrder order) {
    return HubJobScenario.of(Duration.ofMinutes(20))
        .saying(
            "finetune4j-event {\"id\":\"step-1\",\"at\":\"2026-01-01T00:00:00Z\","
                + "\"type\":\"metrics\",\"step\":1,\"values\":{\"loss\":1.5}}")
        .pushing(result(order) + "adapter_model.safetensors", "weights")
        .pushing(
            result(order) + "adapter_config.json",
            "{\"r\":16,\"base_model_name_or_path\":\"" + base + "\"}");
  }

  private static String result(JobOrder order) {
    return "models/" + order.environment().get("FINETUNE4J_RESULT") + "/";
  }

  HuggingFaceProvider onJobs(SimulatedHub hub) {
    return at(hub, HuggingFaceProvider.onJobs(() -> TOKEN));
  }

  HuggingFaceProvider autoTrainOnSpaces(SimulatedHub hub) {
    return at(hub, HuggingFaceProvider.autoTrainOnSpaces(() -> TOKEN));
  }

  private HuggingFaceProvider at(SimulatedHub hub, HuggingFaceJobsOptions options) {
    return options
        .servingOn("nvidia-l4-x1")
        .hub(hub.endpoint())
        .endpointsApi(hub.endpointsApi())
        .router(hub.router())
        .cache(directory.resolve("cache"))
        .time(time)
        .build();
  }

  HuggingFaceProvider withTrl() throws IOException {
    return HuggingFaceProvider.local(directory.resolve("trl-jobs"))
        .base(base, directory)
        .interpreter(standIn())
        .server(server())
        .build();
  }

  HuggingFaceProvider withAutoTrain() throws IOException {
    Path python = directory.resolve("autotrain-python");
    write(
        python,
        """
        case "$1 $2" in
          "-m autotrain.cli.autotrain") shift 2; exec python3 "%s" "$@";;
        esac
        exec python3 "$@"
        """
            .formatted(SCRIPTS.resolve("fake_autotrain.py")));
    return HuggingFaceProvider.autoTrain(directory.resolve("autotrain-jobs"))
        .base(base, directory)
        .interpreter(python)
        .servingInterpreter(standIn())
        .server(server())
        .build();
  }

  private static ServerOptions server() {
    List<String> command =
        List.of("{interpreter}", SCRIPTS.resolve("fake_server.py").toString(), "{port}", "{name}");
    return ServerOptions.command(command, command);
  }

  private Path standIn() throws IOException {
    Path python = directory.resolve("python");
    if (!Files.exists(python)) {
      write(python, "exec sh '" + SCRIPTS.resolve("stand_in.sh") + "' \"$@\"\n");
    }
    return python;
  }

  private static void write(Path interpreter, String script) throws IOException {
    Files.writeString(interpreter, "#!/bin/sh\n" + script);
    if (!interpreter.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + interpreter + " executable");
    }
  }
}
