package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.report.RunReport;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.specification.Specification;
import dev.finetune4j.tck.IngestCheck;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.WorkflowResult;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A complete run against the simulated service; no secret may appear in its output. */
final class OpenAiWorkflowTest {
  private static final String KEY = "sk-secret-of-the-run-1234567890";
  private static final String ADMIN_KEY = "sk-admin-of-the-run-1234567890";
  private static final String WEBHOOK_SECRET = "whsec_c2VjcmV0IG9mIHRoZSBydW4gMTIzNA==";

  /** The log file of all tests, set in simplelogger.properties, at level DEBUG. */
  private static final Path LOG = Path.of("target", "test-log.txt");

  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private SimulatedOpenAi service;
  private OpenAiProvider provider;

  @BeforeEach
  void start() {
    service = SimulatedOpenAi.builder().time(time).apiKey(KEY).adminKey(ADMIN_KEY).start();
    provider = provider(KEY);
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Test
  void aCompleteRunSucceedsAndLeavesNoSecretInItsOutput() throws Exception {
    List<String> texts = new ArrayList<>();

    WorkflowResult result = run();
    RunReport.of(result).writeTo(directory);
    texts.addAll(List.of(result.toString(), provider.toString(), result.job().toString()));
    texts.add(provider.webhooks().toString());
    texts.addAll(refusals());
    texts.addAll(files());
    String log = Files.readString(LOG);
    texts.add(log);

    assertThat(result.tunedReport().score("exact").mean())
        .isGreaterThan(result.baselineReports().get(0).score("exact").mean());
    assertThat(log).as("the log is enabled and has requests").contains("POST fine_tuning/jobs");
    assertThat(texts).hasSizeGreaterThan(5);
    for (String secret : List.of(KEY, ADMIN_KEY, WEBHOOK_SECRET)) {
      assertThat(texts).noneMatch(text -> text.contains(secret));
    }
  }

  @Test
  void aRunReadsTheTrainingDataTwiceAndTokenizesItOnce() {
    new IngestCheck(provider, "gpt-4.1-mini-2025-04-14", SupervisedTraining.withDefaults())
        .run(time, directory, true);
  }

  @Test
  void everyRequestOfARunFitsThePublishedDocument() throws Exception {
    Optional<Specification> document = Specification.openAi();
    Assumptions.assumeTrue(document.isPresent(), "OpenAI's published document is not present");

    run();
    provider.results(provider.jobOperations().list(Optional.empty()).jobs().get(0).reference());
    provider.embeddingModel("text-embedding-3-small").embed(List.of("one", "two"));
    provider.models().refresh(provider.catalog(), provider.catalog().asOf());

    List<String> violations = new ArrayList<>();
    for (RecordedExchange exchange : service.requests()) {
      violations.addAll(document.get().violations(Exchanges.of(exchange)));
    }
    assertThat(service.requests()).hasSizeGreaterThan(50);
    assertThat(violations).isEmpty();
  }

  private WorkflowResult run() throws InterruptedException {
    FineTuningRequest request =
        FineTuningRequest.builder(
                "gpt-4.1-mini-2025-04-14", SupervisedTraining.withDefaults(), words(0, 40))
            .validationData(words(40, 52))
            .suffix("backwards")
            .build();
    Dataset<PromptExample> test = words(0, 20).map(PromptExample.class, PromptExample::from);
    FineTuningPlan plan =
        FineTuningPlan.builder(request, test)
            .grader("exact", Graders.exact())
            .baselines(Baselines.zeroShot())
            .allowLeakedTestData()
            .build();
    try (FileJournal journal = FileJournal.open(directory.resolve("journal"))) {
      return FineTuningWorkflow.builder(provider, journal)
          .catalog(provider.catalog())
          .time(time)
          .build()
          .run(new RunId("openai"), plan);
    }
  }

  /** Returns the messages for a wrong key and for a failed administrator's call. */
  private List<String> refusals() {
    List<String> texts = new ArrayList<>();
    try (OpenAiProvider wrong = provider(KEY + "-wrong")) {
      JobReference any = new JobReference(OpenAiProvider.ID, "any");
      assertThatThrownBy(() -> wrong.job(any).refresh())
          .isInstanceOf(AuthenticationException.class)
          .satisfies(failure -> texts.add(failure.toString() + failure.getCause()));
    }
    assertThatThrownBy(() -> provider.checkpointPermissions().list("ft:none:ckpt-step-1"))
        .isInstanceOf(FineTuningException.class)
        .satisfies(failure -> texts.add(failure.toString() + failure.getCause()));
    return texts;
  }

  private OpenAiProvider provider(String key) {
    return OpenAiProvider.builder()
        .environment(
            Map.of(
                "OPENAI_API_KEY", key,
                "OPENAI_ADMIN_KEY", ADMIN_KEY,
                "OPENAI_BASE_URL", service.baseUrl().toString(),
                "OPENAI_WEBHOOK_SECRET", WEBHOOK_SECRET))
        .time(time)
        .build();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      List<String> texts = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(file));
      }
      return texts;
    }
  }

  private static Dataset<ChatExample> words(int from, int to) {
    return Dataset.of(
        "words",
        ChatExample.class,
        IntStream.range(from, to)
            .mapToObj(number -> "word " + number * 7919)
            .map(
                text ->
                    ChatExample.of(
                        Message.user(text),
                        Message.assistant(new StringBuilder(text).reverse().toString())))
            .toList());
  }
}
