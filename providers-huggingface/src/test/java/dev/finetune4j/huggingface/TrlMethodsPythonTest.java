package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.ReinforcementTraining;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to train, a few steps of it, with the real TRL on a tiny random Llama. */
@Tag("python")
final class TrlMethodsPythonTest {
  private static final PollingSchedule POLLING =
      PollingSchedule.local().givingUpAfter(Duration.ofMinutes(10));
  private static final Hyperparameters FEW_STEPS =
      Hyperparameters.builder().epochs(1).batchSize(4).maximumSequenceTokens(64).build();

  @TempDir Path directory;
  private TrlPython python;
  private final RecordingListener listener = new RecordingListener();

  @BeforeEach
  void prepare() throws Exception {
    python = TrlPython.find();
    python.script(
        "tiny_llama.py", directory.resolve("tiny").toString(), python.smolLm().toString());
  }

  @Test
  void preferenceTrainingWorksAndRecordsTheEnvironment() throws Exception {
    Dataset<PreferenceExample> pairs =
        eight(
            PreferenceExample.class,
            number ->
                PreferenceExample.of(
                    List.of(Message.user(number + " + 1 = ?")),
                    Message.assistant(String.valueOf(number + 1)),
                    Message.assistant("I do not know.")));
    PreferenceTraining method =
        PreferenceTraining.withDefaults().withBeta(0.2).withHyperparameters(FEW_STEPS);

    FineTuningJob job = train(FineTuningRequest.builder("tiny", method, pairs));

    assertThat(job.failureReason()).isEmpty();
    assertThat(output(job)).isDirectoryContaining("glob:**/adapter_model.safetensors");
    assertThat(values("rewards/margins")).hasSize(2);
    JsonObject environment =
        Json.parseObject(Files.readString(folder(job).resolve("environment.json")));
    assertThat(environment.requireString("trl")).startsWith("1.");
    assertThat(environment.asMap())
        .containsKeys("python", "torch", "transformers", "peft", "accelerate", "datasets");
  }

  @Test
  void reinforcementUsesGraderScoresAsRewards() throws Exception {
    Dataset<PromptExample> prompts =
        eight(
            PromptExample.class,
            number ->
                PromptExample.of(
                    List.of(Message.user(number + " + 1 = ?")), String.valueOf(number + 1)));
    GraderSpec brief =
        new GraderSpec.PythonCode(
            "brief",
            "def grade(sample, item):\n    return 0.5 + (item['answer'] == sample['output_text'])",
            Optional.empty());
    GraderSpec both =
        new GraderSpec.Multi(
            "both",
            Map.of("brief", brief, "exact", GraderSpec.exactMatch("exact", "answer")),
            "brief + exact");
    ReinforcementTraining method =
        new ReinforcementTraining(FEW_STEPS, WeightUpdate.lowRank(4), both);

    FineTuningJob job =
        train(
            FineTuningRequest.builder("tiny", method, prompts)
                .providerOption("max_completion_length", 8));

    assertThat(job.failureReason()).isEmpty();
    assertThat(output(job)).isDirectoryContaining("glob:**/adapter_model.safetensors");
    // A random model does not hit the sum, so that what is left is the half of the code.
    assertThat(values("reward")).isNotEmpty().allMatch(reward -> reward == 0.5);
  }

  @Test
  void aFullUpdateWithSeveralProcessesLearnsToolCalls() throws Exception {
    ToolDefinition add =
        new ToolDefinition(
            "add",
            "Adds.",
            "{\"type\":\"object\",\"properties\":{\"numbers\":{\"type\":\"array\"}}}");
    Dataset<ChatExample> calls =
        eight(
            ChatExample.class,
            number ->
                new ChatExample(
                    List.of(
                        Message.user("Add " + number + " and 1."),
                        Message.calling(
                            List.of(
                                new ToolCall("c1", "add", "{\"numbers\": [" + number + ", 1]}")))),
                    List.of(add)));
    Hyperparameters longer =
        Hyperparameters.builder().epochs(1).batchSize(4).maximumSequenceTokens(128).build();
    SupervisedTraining method = new SupervisedTraining(longer, WeightUpdate.full());

    FineTuningJob job =
        train(
            FineTuningRequest.builder("tiny", method, calls)
                .providerOption("chat_template", Files.readString(template()))
                .providerOption("threads", 1)
                .providerOption("use_cpu", true)
                .providerOption(
                    "accelerate",
                    Map.of("num_processes", 2, "multi_gpu", true, "num_machines", 1)));

    assertThat(job.failureReason()).isEmpty();
    assertThat(output(job)).isDirectoryContaining("glob:**/model.safetensors");
    // Eight examples in batches of four on each of two processes are one step.
    assertThat(values("loss")).hasSize(1);
  }

  @Test
  void dataWithoutAnyCompleteAnswerStartIsRefused() throws Exception {
    Hyperparameters tooShort =
        Hyperparameters.builder().epochs(1).batchSize(4).maximumSequenceTokens(4).build();
    SupervisedTraining method = new SupervisedTraining(tooShort, WeightUpdate.lowRank(4));

    FineTuningJob job = train(FineTuningRequest.builder("tiny", method, Requests.sums()));

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failureReason())
        .hasValue(
            "No answer in the 12 examples starts within 4 tokens. Allow longer"
                + " sequences, or shorten the prompts.");
  }

  @Test
  void anUnknownLauncherFlagFailsTheJobWithTheNearestName() throws Exception {
    SupervisedTraining method = new SupervisedTraining(FEW_STEPS, WeightUpdate.lowRank(4));

    FineTuningJob job =
        train(
            FineTuningRequest.builder("tiny", method, Requests.sums())
                .providerOption("accelerate", Map.of("num_proceses", 2)));

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failureReason().orElseThrow())
        .endsWith("has no flag 'num_proceses'. The nearest is 'num_processes'.");
  }

  @Test
  void bfloat16IsUsedOnlyIfSupportedAndSettingsAreCheckedAgainstTheInstalledVersion()
      throws Exception {
    python.script(
        "precision_check.py",
        Path.of("src/main/resources/dev/finetune4j/huggingface/trl").toAbsolutePath().toString());
  }

  private static Path template() {
    return Path.of("src/test/resources/chat-with-tools.jinja");
  }

  private FineTuningJob train(FineTuningRequest.Builder<?> request) throws InterruptedException {
    try (HuggingFaceProvider provider =
        HuggingFaceProvider.local(directory.resolve("work"))
            .base("tiny", directory.resolve("tiny"))
            .interpreter(python.interpreter())
            .build()) {
      return provider.submit(request.build()).await(POLLING, listener);
    }
  }

  private Path folder(FineTuningJob job) {
    return directory.resolve("work/jobs").resolve(job.reference().id());
  }

  private Path output(FineTuningJob job) {
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    return folder(job).resolve("output");
  }

  private List<Double> values(String name) {
    return listener.events().stream()
        .filter(JobEvent.MetricsRecorded.class::isInstance)
        .flatMapToDouble(event -> ((JobEvent.MetricsRecorded) event).metrics().find(name).stream())
        .boxed()
        .toList();
  }

  private static <E extends Example> Dataset<E> eight(Class<E> type, Function<Integer, E> example) {
    return Dataset.of("eight", type, IntStream.range(0, 8).boxed().map(example).toList());
  }
}
