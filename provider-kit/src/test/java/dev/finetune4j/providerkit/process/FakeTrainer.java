package dev.finetune4j.providerkit.process;

import dev.finetune4j.Time;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A child that trains one number: step n adds n, with a checkpoint after every fifth step. The
 * request says at which step it dies, and how.
 */
public final class FakeTrainer {
  private final JobChild child;
  private final JsonObject request;

  private FakeTrainer(JobChild child) {
    this.child = child;
    this.request = child.folder().request();
  }

  public static void main(String[] arguments) throws Exception {
    if (!JobChild.isToldToStart(System.in)) {
      System.exit(ExitCode.NOT_STARTED);
    }
    JobFolder folder = new JobFolder(Path.of(arguments[0]));
    try (JobChild child = JobChild.open(folder, Time.system())) {
      new FakeTrainer(child).train();
    }
    if (folder.request().has("lingers")) {
      Time.system().sleep(Duration.ofMinutes(1));
    }
    System.exit(ExitCode.DONE);
  }

  private void train() throws Exception {
    long step = lastCheckpoint();
    long sum = step == 0 ? 0 : Long.parseLong(Files.readString(checkpoint(step)));
    boolean first = step == 0 && !Files.exists(child.folder().directory().resolve("died"));
    while (step < 20) {
      step++;
      sum += step;
      child.report(new TrainingMetrics(step, Map.of(TrainingMetrics.LOSS, 1.0 / sum)));
      if (step % 5 == 0) {
        Files.createDirectories(child.folder().checkpoints());
        AtomicFile.write(checkpoint(step), Long.toString(sum));
        child.reportCheckpoint("step-" + step, new TrainingMetrics(step, Map.of()));
      }
      if (step == request.findLong("dies_at").orElse(-1) && (first || request.has("dies_always"))) {
        die(request.requireString("dies_by"));
      }
      if (step == request.findLong("holds_at").orElse(-1) && first) {
        Optional<JobCommand> command = hold();
        if (command.isPresent()) {
          child.follow(command.get());
          return;
        }
      }
    }
    child.succeed("sum-" + sum, sum);
  }

  private Optional<JobCommand> hold() throws Exception {
    if (request.has("spawns")) {
      Process helper = new ProcessBuilder("/bin/sh", "-c", "cat").start();
      Files.writeString(child.folder().directory().resolve("spawned"), Long.toString(helper.pid()));
    }
    Files.writeString(child.folder().directory().resolve("died"), "holding");
    while (child.command().isEmpty()
        && !Files.exists(child.folder().directory().resolve("continue"))) {
      Time.system().sleep(Duration.ofMillis(10));
    }
    return request.has("deaf") ? hold() : child.command();
  }

  private void die(String how) throws IOException, InterruptedException {
    Files.writeString(child.folder().directory().resolve("died"), how);
    if (how.startsWith("exit-")) {
      System.out.println("the last words");
      Runtime.getRuntime().halt(Integer.parseInt(how.substring(5)));
    }
    new ProcessBuilder("kill", "-" + how, Long.toString(ProcessHandle.current().pid()))
        .start()
        .waitFor();
    Time.system().sleep(Duration.ofMinutes(1));
  }

  private long lastCheckpoint() throws IOException {
    if (!Files.isDirectory(child.folder().checkpoints())) {
      return 0;
    }
    try (Stream<Path> files = Files.list(child.folder().checkpoints())) {
      return files
          .mapToLong(file -> Long.parseLong(file.getFileName().toString().substring(5)))
          .max()
          .orElse(0);
    }
  }

  private Path checkpoint(long step) {
    return child.folder().checkpoints().resolve("step-" + step);
  }
}
