package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.Json;
import dev.finetune4j.testkit.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the Java application that submitted a job during training, with a fake or the real trainer.
 */
abstract class KilledApplication {
  private static final Duration LOOK = Duration.ofMillis(10);

  @TempDir Path directory;
  private SubmittingApplication.Order order;

  /** Returns the Python that trains. */
  abstract Path interpreter() throws Exception;

  /** Returns the folder of the base. */
  abstract Path base() throws Exception;

  /** Returns a number of epochs that leaves time for two kills. */
  abstract int epochs();

  /** Returns how many steps an epoch has. */
  abstract int stepsPerEpoch();

  /** Returns how often and how long to poll. */
  abstract PollingSchedule polling();

  @BeforeEach
  void prepare() throws Exception {
    order =
        new SubmittingApplication.Order(directory.resolve("work"), base(), interpreter(), epochs());
  }

  @Test
  void trainingContinuesIsFoundAgainAndSurvivesItsOwnDeath() throws Exception {
    kill(SubmittingApplication.start(order));

    try (HuggingFaceProvider provider = order.provider()) {
      JobHandle found =
          provider.job(provider.findJob(order.request().submissionKey()).orElseThrow());
      long python = pid();
      int before = steps();
      assertThat(ProcessHandle.of(python)).get().matches(ProcessHandle::isAlive);
      awaitMoreStepsThan(before);
      assertThat(pid()).isEqualTo(python);
      ProcessHandle.of(python).ifPresent(ProcessHandle::destroyForcibly);
      RecordingListener listener = new RecordingListener();
      FineTuningJob job = found.await(polling(), listener);

      assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(pid()).isNotEqualTo(python);
      assertThat(messages(listener)).anyMatch(text -> text.contains("from checkpoint-"));
      assertThat(trainedSteps(listener))
          .doesNotHaveDuplicates()
          .hasSize(epochs() * stepsPerEpoch());
      assertThat(provider.submit(order.request()).reference()).isEqualTo(found.reference());
      assertThat(folders()).hasSize(1);
    }
  }

  @Test
  void cancellingFromAnotherApplicationLeavesNoProcess() throws Exception {
    kill(SubmittingApplication.start(order));

    try (HuggingFaceProvider provider = order.provider()) {
      long python = pid();
      JobHandle found =
          provider.job(provider.findJob(order.request().submissionKey()).orElseThrow());
      found.cancel();

      assertThat(found.refresh().status()).isEqualTo(JobStatus.CANCELLED);
      // Its parent was killed, so it exists until the first process of the machine has noticed.
      while (ProcessHandle.of(python).filter(ProcessHandle::isAlive).isPresent()) {
        Time.system().sleep(LOOK);
      }
      assertThat(processesOfTheJob()).isEmpty();
    }
  }

  /** Kills the application with SIGKILL once its job has a checkpoint. */
  private void kill(Process application) throws Exception {
    while (steps() < 12) {
      assertThat(application.isAlive()).as("the application").isTrue();
      Time.system().sleep(LOOK);
    }
    application.destroyForcibly();
    assertThat(application.waitFor()).isEqualTo(128 + 9);
  }

  private void awaitMoreStepsThan(int count) throws Exception {
    while (steps() <= count) {
      Time.system().sleep(LOOK);
    }
  }

  private List<Path> folders() throws IOException {
    Path jobs = directory.resolve("work/jobs");
    if (!Files.isDirectory(jobs)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(jobs)) {
      return all.filter(Files::isDirectory).toList();
    }
  }

  private int steps() throws IOException {
    Optional<Path> events = folders().stream().map(job -> job.resolve("events.jsonl")).findFirst();
    if (events.isEmpty() || !Files.exists(events.get())) {
      return 0;
    }
    String text = Files.readString(events.get());
    return (int) text.lines().filter(line -> line.contains("\"id\": \"step-")).count();
  }

  private long pid() throws IOException {
    Path file = folders().get(0).resolve("process.json");
    return Json.parseObject(Files.readString(file)).requireLong("pid");
  }

  private List<String> processesOfTheJob() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(directory.resolve("work").toString()))
        .toList();
  }

  private static List<String> trainedSteps(RecordingListener listener) {
    return listener.events().stream()
        .map(JobEvent::id)
        .filter(id -> id.startsWith("step-"))
        .toList();
  }

  private static List<String> messages(RecordingListener listener) {
    return listener.events().stream()
        .filter(JobEvent.MessageLogged.class::isInstance)
        .map(event -> ((JobEvent.MessageLogged) event).text())
        .toList();
  }
}
