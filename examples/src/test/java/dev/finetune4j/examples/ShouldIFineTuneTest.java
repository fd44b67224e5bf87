package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.examples.recipes.RecipePlan;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.workflow.WorkflowResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShouldIFineTuneTest {
  @TempDir Path directory;

  @Test
  void everyAlternativeIsMeasuredOnTheEmbeddedProvider() throws Exception {
    RecipePlan recipes = RecipePlan.in(directory.resolve("data"), 25);

    WorkflowResult result;
    try (LocalProvider local = LocalProvider.builder(directory.resolve("local")).build()) {
      result = ShouldIFineTune.run(local, LocalProvider.TINY, recipes, directory);
    }

    assertThat(result.baselineReports())
        .extracting(EvaluationReport::name)
        .containsExactly(
            "zero-shot", "strict prompt", "few-shot (2)", "nearest few-shot (2)", "retrieval (2)");
    assertThat(result.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(Files.readString(directory.resolve("report.html")))
        .contains("<h2>Quality and cost</h2>", "nearest few-shot (2)");
    assertThat(Files.readString(directory.resolve("samples.csv")))
        .contains("zero-shot,1,0,", "retrieval (2),4,0,", "fine-tuned,4,0,");
  }

  @Test
  void theSameQuestionIsAskedElsewhereByOneArgument() throws Exception {
    FakeClock time = new FakeClock();
    RecipePlan recipes = RecipePlan.in(directory.resolve("data"), 10);

    try (SimulatedOpenAi service = SimulatedOpenAi.builder().time(time).start();
        OpenAiProvider openAi =
            OpenAiProvider.builder()
                .apiKey(service::apiKey)
                .baseUrl(service.baseUrl().toString())
                .time(time)
                .build()) {
      WorkflowResult result =
          ShouldIFineTune.run(openAi, "gpt-4.1-mini-2025-04-14", recipes, directory);

      assertThat(result.decision().alternatives()).hasSize(6);
      assertThat(directory.resolve("report.html")).exists();
    }
  }
}
