package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.Json;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real TRL, transformers and PEFT on SmolLM2-135M-Instruct and on a tiny random Llama. */
@Tag("python")
final class TrlPythonTest {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final PollingSchedule POLLING =
      PollingSchedule.local().givingUpAfter(Duration.ofMinutes(15));

  @TempDir static Path directory;
  private static TrlPython python;

  @BeforeAll
  static void prepare() throws Exception {
    python = TrlPython.find();
    python.script(
        "tiny_llama.py", directory.resolve("tiny").toString(), python.smolLm().toString());
  }

  @Test
  void aRealModelLearnsIsServedAndAnswers() throws Exception {
    try (HuggingFaceProvider provider = provider()) {
      RecordingListener listener = new RecordingListener();

      FineTuningJob job = provider.submit(sums("smollm2", 3)).await(POLLING, listener);
      List<Double> losses = losses(listener);
      ModelReference tuned = job.requireFineTunedModel();

      assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0) / 2);
      assertThat(validationLoss(listener)).isPresent();
      assertThat(answer(provider, tuned).text()).matches("\\d+");
      python.script(
          "adapter_check.py",
          python.smolLm().toString(),
          provider.outputFolder(tuned).toString(),
          provider.outputFolder(tuned).resolveSibling("merged").toString());
    }
  }

  @Test
  void aKilledTrainerResumesFromItsCheckpoint() throws Exception {
    try (HuggingFaceProvider provider = provider()) {
      JobHandle handle = provider.submit(sums("tiny", 60));
      while (handle.checkpoints().isEmpty()) {
        handle.refresh();
        Time.system().sleep(LOOK);
      }
      long killed = pid(handle);
      ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly);
      RecordingListener listener = new RecordingListener();

      FineTuningJob job = handle.await(POLLING, listener);

      assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(pid(handle)).isNotEqualTo(killed);
      assertThat(messages(listener)).anyMatch(text -> text.contains("starts from checkpoint-"));
      assertThat(losses(listener)).hasSize(60 * 4);
    }
  }

  @Test
  void pausedJobsResumeAndCancelledJobsLeaveNoProcess() throws Exception {
    try (HuggingFaceProvider provider = provider()) {
      JobHandle handle = provider.submit(sums("tiny", 2_000));
      while (handle.checkpoints().isEmpty()) {
        handle.refresh();
        Time.system().sleep(LOOK);
      }
      handle.pause();
      while (handle.refresh().status() != JobStatus.PAUSED) {
        Time.system().sleep(LOOK);
      }
      handle.resume();
      while (handle.refresh().status() != JobStatus.RUNNING) {
        Time.system().sleep(LOOK);
      }
      long pid = pid(handle);

      handle.cancel();

      assertThat(handle.refresh().status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  private static HuggingFaceProvider provider() throws Exception {
    return HuggingFaceProvider.local(directory.resolve("work"))
        .base("smollm2", python.smolLm())
        .base("tiny", directory.resolve("tiny"))
        .interpreter(python.interpreter())
        .build();
  }

  private static FineTuningRequest sums(String base, int epochs) {
    return FineTuningRequest.builder(
            base,
            new SupervisedTraining(
                Hyperparameters.builder()
                    .epochs(epochs)
                    .batchSize(4)
                    .learningRate(LearningRate.absolute(1e-3))
                    .maximumSequenceTokens(64)
                    .build(),
                WeightUpdate.lowRank(8)),
            data(16, 1))
        .validationData(data(4, 2))
        .providerOption("checkpoint_steps", 10)
        .providerOption("threads", 1)
        .build();
  }

  private static Dataset<ChatExample> data(int count, long seed) {
    Random random = new Random(seed);
    List<ChatExample> examples = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      int left = random.nextInt(50);
      int right = random.nextInt(50);
      examples.add(
          ChatExample.of(
              Message.system("You add numbers."),
              Message.user(left + " + " + right + " = ?"),
              Message.assistant(String.valueOf(left + right))));
    }
    return Dataset.of("sums", ChatExample.class, examples);
  }

  private static ChatResponse answer(HuggingFaceProvider provider, ModelReference tuned)
      throws InterruptedException {
    Deployer deployer = provider.deployer().orElseThrow();
    DeploymentHandle handle =
        deployer.deploy(DeploymentSpec.of(tuned, "sums", Capacity.serverless()));
    Deployment ready = handle.await(POLLING);
    ChatRequest question =
        ChatRequest.builder(List.of(Message.system("You add numbers."), Message.user("7 + 8 = ?")))
            .maximumTokens(8)
            .temperature(0)
            .build();
    ChatResponse answer = deployer.chatModel(ready).chat(question);
    handle.delete();
    return answer;
  }

  private static long pid(JobHandle handle) throws Exception {
    Path file = directory.resolve("work/jobs").resolve(handle.reference().id());
    return Json.parseObject(Files.readString(file.resolve("process.json"))).requireLong("pid");
  }

  private static List<Double> losses(RecordingListener listener) {
    List<Double> losses = new ArrayList<>();
    for (JobEvent event : listener.events()) {
      if (event instanceof JobEvent.MetricsRecorded recorded) {
        recorded.metrics().find("loss").ifPresent(losses::add);
      }
    }
    return losses;
  }

  private static OptionalDouble validationLoss(RecordingListener listener) {
    for (JobEvent event : listener.events()) {
      if (event instanceof JobEvent.MetricsRecorded recorded
          && recorded.metrics().find("validation_loss").isPresent()) {
        return recorded.metrics().find("validation_loss");
      }
    }
    return OptionalDouble.empty();
  }

  private static List<String> messages(RecordingListener listener) {
    return listener.events().stream()
        .filter(JobEvent.MessageLogged.class::isInstance)
        .map(event -> ((JobEvent.MessageLogged) event).text())
        .toList();
  }
}
