package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainKeys;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainScripts;
import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real autotrain-advanced 0.8.36, in the environment that the provider builds. */
@Tag("python")
final class AutoTrainPythonTest {
  private static final PollingSchedule POLLING =
      PollingSchedule.local().givingUpAfter(Duration.ofMinutes(10));

  private static final String KEY = "sums-1";

  @TempDir static Path directory;
  private static Path python;

  @BeforeAll
  static void prepare() throws Exception {
    String given = System.getProperty("finetune4j.autotrain.python", "");
    python =
        given.isEmpty()
            ? TrlEnvironment.builtIn(
                    TrlEnvironment.userCache(), "autotrain", AutoTrainScripts.requirements())
                .interpreter()
            : Path.of(given);
    run("src/test/python/tiny_chat_llama.py", directory.resolve("tiny").toString());
  }

  @Test
  void aTinyModelLearnsWithOurYaml() throws Exception {
    RecordingListener listener = new RecordingListener();
    try (AutoTrainProvider provider =
        AutoTrainProvider.local(directory.resolve("work"))
            .base("tiny", directory.resolve("tiny"))
            .interpreter(python)
            .build()) {

      FineTuningJob job = provider.submit(sums("tiny")).await(POLLING, listener);

      assertThat(job.failureReason()).isEmpty();
      assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
      List<Double> losses = losses(listener);
      assertThat(losses).hasSizeGreaterThan(20);
      assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0) - 0.2);
      Path result = provider.outputFolder(job.requireFineTunedModel());
      assertThat(result.resolve("adapter_model.safetensors")).exists();
      assertThat(Files.readString(result.resolve("training_params.json")))
          .doesNotContain("\"token\"");
    }
  }

  @Test
  void aTinyModelOfTheHubLearnsWithTheProgramOfASpace() throws Exception {
    String name = "acme/finetune4j-autotrain-" + KEY;
    try (SimulatedHub hub = SimulatedHub.builder().user("acme").start();
        AutoTrainProvider provider =
            AutoTrainProvider.onSpaces(hub::token)
                .hub(hub.endpoint())
                .cache(directory.resolve("cache"))
                .build()) {
      push(hub, directory.resolve("tiny"), "acme/tiny");
      JobHandle handle = provider.submit(sums("acme/tiny"));
      SpaceProgram program = new SpaceProgram(hub, name, directory.resolve("space"));

      Process space = program.start(python.toString());
      assertThat(space.waitFor(10, TimeUnit.MINUTES)).isTrue();
      FineTuningJob job = handle.refresh();

      assertThat(job.failureReason()).as("%s", program.said()).isEmpty();
      assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
      Path result = provider.outputFolder(job.requireFineTunedModel());
      assertThat(Files.size(result.resolve("adapter_model.safetensors"))).isGreaterThan(1000);
      assertThat(Files.readString(result.resolve("training_params.json")))
          .doesNotContain(hub.token());
      assertThat(hub.spaces()).isEmpty();
    }
  }

  private static void push(SimulatedHub hub, Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        hub.putFile(
            "models/" + name, "main", file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
  }

  @Test
  void theKeysMatchTheInstalledAutoTrain() throws Exception {
    Path script = directory.resolve("keys.py");
    Path found = directory.resolve("keys.txt");
    Files.writeString(
        script,
        """
        import sys
        from autotrain.trainers.clm.params import LLMTrainingParams
        open(sys.argv[1], "w").write("\\n".join(LLMTrainingParams.model_fields))
        """);

    run(script.toString(), found.toString());

    Set<String> elsewhere =
        Set.of(
            "model",
            "project_name",
            "data_path",
            "train_split",
            "valid_split",
            "trainer",
            "log",
            "chat_template");
    Set<String> ours = new TreeSet<>(AutoTrainKeys.PARAMS);
    ours.addAll(AutoTrainKeys.COLUMNS);
    ours.addAll(AutoTrainKeys.HUB);
    ours.addAll(elsewhere);
    assertThat(new TreeSet<>(Files.readAllLines(found))).isEqualTo(ours);
  }

  private static FineTuningRequest sums(String base) {
    List<ChatExample> examples = new ArrayList<>();
    for (int number = 0; number < 32; number++) {
      examples.add(
          ChatExample.of(
              Message.user(number + " + 7 = ?"), Message.assistant(String.valueOf(number + 7))));
    }
    return FineTuningRequest.builder(
            base,
            new SupervisedTraining(
                Hyperparameters.builder()
                    .epochs(20)
                    .batchSize(4)
                    .learningRate(LearningRate.absolute(1e-2))
                    .maximumSequenceTokens(64)
                    .build(),
                WeightUpdate.lowRank(8)),
            Dataset.of("sums", ChatExample.class, examples))
        .submissionKey(new SubmissionKey(KEY))
        .build();
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

  private static void run(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(python.toString()));
    all.addAll(List.of(command));
    Path log = Files.createTempFile("autotrain-python", ".log");
    int code =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(
          String.join(" ", all) + " ended with " + code + ":\n" + Files.readString(log));
    }
    Files.delete(log);
  }
}
