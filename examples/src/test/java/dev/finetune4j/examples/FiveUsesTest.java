package dev.finetune4j.examples;

import static dev.finetune4j.baseline.Baselines.fewShot;
import static dev.finetune4j.baseline.Baselines.zeroShot;
import static dev.finetune4j.grading.Graders.exact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.format.Datasets;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.format.JsonlFile;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.dataset.validation.InvalidDatasetException;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.examples.support.SupportAnswers;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.provider.DeployedModel;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.tuner.FineTuner;
import dev.finetune4j.workflow.FineTuningPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the library as the README shows them, word for word. */
final class FiveUsesTest {
  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final String base = "gpt-4.1-mini-2025-04-14";
  private Dataset<ChatExample> data;
  private Path file;

  @BeforeEach
  void write() {
    file = directory.resolve("support.jsonl");
    JsonlFile.write(SupportAnswers.training(), file, ExampleCodecs.openAiChat());
    data = Datasets.openAiChat(file);
  }

  @Test
  void aFileIsValidated() throws Exception {
    DatasetValidator.validate(Datasets.openAiChat(file)).orThrow();

    Files.writeString(file, "{\"messages\":[]}\n");
    assertThatThrownBy(() -> DatasetValidator.validate(Datasets.openAiChat(file)).orThrow())
        .isInstanceOf(InvalidDatasetException.class);
  }

  @Test
  void aModelIsTrained() {
    try (SimulatedOpenAi service = SimulatedOpenAi.builder().time(time).start();
        OpenAiProvider openAi =
            OpenAiProvider.builder()
                .apiKey(service::apiKey)
                .baseUrl(service.baseUrl().toString())
                .time(time)
                .build()) {
      FineTuningRequest request = FineTuningRequest.supervised(base, data);
      openAi.estimate(request).ifPresent(System.out::println);
      ModelReference tuned = openAi.submit(request).await().requireFineTunedModel();

      assertThat(tuned.name()).startsWith("ft:gpt-4.1-mini-2025-04-14:");
      assertThat(openAi.requireChatModel(tuned).chat("Hello")).isNotNull();
    }
  }

  @Test
  void aModelIsDeployedAndDeleted() {
    try (SimulatedAzure service = SimulatedAzure.builder().time(time).start();
        AzureProvider azure =
            AzureProvider.optionsFromEnvironment(service.environment())
                .tokens(service::issueToken)
                .time(time)
                .build()) {
      ModelReference model = new ModelReference(AzureProvider.ID, base);

      try (DeployedModel bot = azure.deploy(model, "bot", Duration.ofHours(4))) {
        System.out.println(bot.chat("Hello"));
      }

      time.advance(Duration.ofMinutes(1));
      assertThat(service.deploymentNames()).isEmpty();
    }
  }

  @Test
  void twoModelsAreCompared() {
    String known = data.asPrompts().examples().findFirst().orElseThrow().requireReference("answer");
    ChatModel baseModel = request -> ChatResponse.of("I do not know.");
    ChatModel tunedModel = request -> ChatResponse.of(known);

    Comparison comparison =
        Evaluation.on(data.asPrompts(), Graders.exact()).compare(baseModel, tunedModel);

    assertThat(comparison.improved()).isEqualTo(1);
  }

  @Test
  void aWholeRunAnswersWhetherFineTuningPays() {
    try (LocalProvider provider = LocalProvider.builder(directory).build()) {
      Path report =
          FineTuner.in(directory, provider)
              .run(
                  "first",
                  FineTuningPlan.supervised(LocalProvider.TINY, data.split(0.9, 7))
                      .grader(exact())
                      .baselines(zeroShot(), fewShot(4))
                      .build())
              .writeReport(directory);

      assertThat(report).isNotEmptyFile();
    }
  }

  @Test
  void theReadmeShowsTheseStatements() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/dev/finetune4j/examples/FiveUsesTest.java"));
    Matcher blocks =
        Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../README.md")));
    assertThat(blocks.find() && blocks.find()).as("a second Java block").isTrue();

    for (String use : blocks.group(1).split("\n\n")) {
      String code = use.replaceAll("(?m)^//.*\n", "");
      assertThat(oneLine(source)).contains(oneLine(code));
    }
  }

  private static String oneLine(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
