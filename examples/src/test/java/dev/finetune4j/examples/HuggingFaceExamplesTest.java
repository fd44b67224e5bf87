package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.cost.BudgetExceededException;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.HuggingFaceServices;
import dev.finetune4j.examples.sql.SqlTask;
import dev.finetune4j.examples.support.SupportAnswers;
import dev.finetune4j.huggingface.HuggingFaceJobsOptions;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples that need an account at Hugging Face against the simulated services. */
final class HuggingFaceExamplesTest {
  private static final Map<String, String> STATEMENTS =
      SqlTask.make()
          .test(30)
          .examples()
          .collect(
              Collectors.toMap(
                  question -> question.prompt().get(question.prompt().size() - 1).text(),
                  question -> question.requireReference(PromptExample.ANSWER),
                  (first, second) -> first));

  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private final SimulatedHub hub =
      SimulatedHub.builder()
          .time(time)
          .user("acme")
          .jobs(HubJobScenario::training)
          .answers((model, question) -> STATEMENTS.getOrDefault(question, "I do not know."))
          .start();

  @AfterEach
  void stop() {
    hub.close();
  }

  private HuggingFaceJobsOptions options() {
    return HuggingFaceServices.options(
            Map.of(
                "HF_TOKEN", hub.token(),
                "HF_ENDPOINT", hub.endpoint().toString(),
                "HF_ENDPOINTS_API", hub.endpointsApi().toString(),
                "HF_ROUTER", hub.router().toString()))
        .flavor("a10g-large")
        .timeout(Duration.ofHours(2))
        .cache(directory.resolve("cache"))
        .time(time);
  }

  private ExampleArguments arguments(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "--directory";
    all[1] = directory.resolve("run").toString();
    System.arraycopy(more, 0, all, 2, more.length);
    return ExampleArguments.parse(
        all, "--directory", "--ceiling", "--model", "--question", "--job", "--with");
  }

  @Test
  void oneJobTrainsAnotherServesWhatItMadeAndNothingIsLeftThatBills() throws Exception {
    try (HuggingFaceProvider provider =
        options().servingOnJobs("a10g-large", Duration.ofHours(1)).build()) {
      EvaluationReport report = TrainOnHuggingFaceJobs.run(provider, arguments(), out);

      assertThat(report.score("execution").mean()).isGreaterThan(0.9);
      assertThat(hub.jobsCreated()).isEqualTo(2);
      assertThat(provider.deployer().orElseThrow().operations().list()).isEmpty();
      assertThat(text())
          .contains(
              "the ceiling is 2.00 USD",
              "before it has cost more than 3.00 USD",
              "The adapter is in the private repository acme/Qwen3-0.6B-sql-",
              "It costs 1.51 USD per hour",
              "The job that served it is cancelled.");
    }
  }

  @Test
  void aCeilingThatIsTooLowStopsItBeforeAnythingIsOrdered() {
    try (HuggingFaceProvider provider =
        options().servingOnJobs("a10g-large", Duration.ofHours(1)).build()) {
      BudgetExceededException refused =
          catchThrowableOfType(
              BudgetExceededException.class,
              () -> TrainOnHuggingFaceJobs.run(provider, arguments("--ceiling", "0.001"), out));

      assertThat(refused).hasMessageContaining("above the ceiling of");
      assertThat(hub.jobsCreated()).isZero();
    }
  }

  @Test
  void anAdapterAnswersFromAnEndpointThatIsTakenAwayAgain() throws Exception {
    hub.putFile(
        "models/acme/adapter",
        "main",
        "adapter_config.json",
        "{\"base_model_name_or_path\":\"Qwen/Qwen3-0.6B\",\"r\":16}"
            .getBytes(StandardCharsets.UTF_8));
    try (HuggingFaceProvider provider = options().build()) {
      String question = STATEMENTS.keySet().iterator().next();
      String answer =
          DeployToInferenceEndpoint.run(
              provider, arguments("--model", "acme/adapter", "--question", question), out);

      assertThat(answer).isEqualTo(STATEMENTS.get(question));
      assertThat(hub.endpointsCreated()).isEqualTo(1);
      assertThat(provider.deployer().orElseThrow().operations().list()).isEmpty();
      assertThat(text()).contains("costs 0.80 USD per hour", "was deleted.");
    }
  }

  @Test
  void theDataOfAJobAtOpenAiTrainsAnOpenModelAndBothAreHeldAgainstEachOther() throws Exception {
    try (SimulatedOpenAi service = SimulatedOpenAi.builder().time(time).start();
        OpenAiProvider openAi =
            OpenAiProvider.builder()
                .apiKey(service::apiKey)
                .baseUrl(service.baseUrl().toString())
                .time(time)
                .build()) {
      JobHandle job = openAi.submit(request());
      time.advance(Duration.ofHours(3));

      Comparison parity =
          MoveFromOpenAiToOpenModel.run(openAi, arguments("--job", job.reference().id()), out);

      assertThat(parity.pairs()).isEqualTo(SupportAnswers.test().size());
      assertThat(directory.resolve("run/training.jsonl")).isNotEmptyFile();
      assertThat(text())
          .contains(
              SupportAnswers.training().size() + " examples to learn from",
              "OpenAI's model",
              "the open model",
              "Are they as good as each other?");
    }
  }

  private static FineTuningRequest request() {
    return FineTuningRequest.builder(
            "gpt-4.1-mini-2025-04-14", SupervisedTraining.withDefaults(), SupportAnswers.training())
        .validationData(SupportAnswers.validation())
        .build();
  }

  @Test
  void withoutATokenTheErrorSaysWhatIsMissing() {
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class, () -> HuggingFaceServices.options(Map.of())))
        .hasMessageContaining("HF_TOKEN is not set");
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
