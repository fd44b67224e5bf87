package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.sql.SqlTask;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.workflow.WorkflowResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial on a real model: trained by TRL, served by transformers, asked from Java, judged.
 */
@Tag("python")
final class TextToSqlPythonTest {
  private static final Path ADAPTER_CHECK =
      Path.of("../providers-huggingface/src/test/python/adapter_check.py");
  private static final int TEST_EXAMPLES = 4;

  @TempDir Path directory;

  @Test
  void theTutorialLearnsAndItsAdapterIsTheSameInPeftInTransformersAndHere() throws Exception {
    SmolLm base = SmolLm.find();

    WorkflowResult result = TextToSqlWithTrl.run(arguments(base));

    List<Double> losses =
        result.metrics().stream()
            .flatMapToDouble(metrics -> metrics.find(TrainingMetrics.LOSS).stream())
            .boxed()
            .toList();
    Path output =
        directory.resolve("trl/jobs").resolve(result.job().reference().id()).resolve("output");
    assertThat(result.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(losses).hasSizeGreaterThan(4);
    assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0) / 2);
    assertThat(result.baselineReports()).hasSize(2);
    assertThat(result.tunedReport().failures()).isZero();
    assertThat(result.tunedReport().samples()).hasSize(TEST_EXAMPLES);
    base.run(
        ADAPTER_CHECK,
        base.folder().toString(),
        output.toString(),
        output.resolveSibling("merged").toString());
    assertThat(answersHere(output.resolveSibling("merged")))
        .isEqualTo(
            result.tunedReport().samples().stream()
                .map(SampleResult::answer)
                .map(answer -> answer.orElseThrow().strip())
                .toList());
  }

  private ExampleArguments arguments(SmolLm base) {
    String[] line = {
      "--checkpoint", base.folder().toString(),
      "--interpreter", base.interpreter().toString(),
      "--examples", "32",
      "--test", String.valueOf(TEST_EXAMPLES),
      "--directory", directory.toString()
    };
    return ExampleArguments.parse(
        line, "--checkpoint", "--interpreter", "--examples", "--test", "--directory");
  }

  /** Returns what the embedded provider's own decoder makes of the same weights. */
  private List<String> answersHere(Path merged) {
    try (LocalProvider provider =
            LocalProvider.builder(directory.resolve("embedded")).base("tuned", merged).build();
        Stream<PromptExample> questions = SqlTask.make().test(TEST_EXAMPLES).examples()) {
      ChatModel model =
          provider.chatModel(new ModelReference(LocalProvider.ID, "tuned")).orElseThrow();
      return questions
          .map(
              question ->
                  ChatRequest.builder(question.prompt()).maximumTokens(64).temperature(0).build())
          .map(request -> model.chat(request).text().strip())
          .toList();
    }
  }
}
