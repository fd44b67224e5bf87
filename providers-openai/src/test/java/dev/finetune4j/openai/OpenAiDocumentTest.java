package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.StringOperation;
import dev.finetune4j.grading.spec.TextMetric;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.batch.Batch;
import dev.finetune4j.providerkit.file.FileOperations;
import dev.finetune4j.providerkit.file.FileSettings;
import dev.finetune4j.providerkit.file.FileUpload;
import dev.finetune4j.providerkit.job.CheckpointPermissions;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.specification.Specification;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks requests against OpenAI's published document. Skipped without the document. */
final class OpenAiDocumentTest {
  private static final String BASE = "gpt-4.1-mini-2025-04-14";

  @TempDir Path directory;

  private final Specification document = Specification.assumeOpenAi();
  private final FakeClock time = new FakeClock();
  private final SimulatedOpenAi service =
      SimulatedOpenAi.builder()
          .time(time)
          .answering(question -> "0.5")
          .pythonGrader((item, sample) -> 1)
          .start();
  private final OpenAiProvider provider = Simulations.provider(service, time).build();

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Test
  void multipartUploadsFitTheDocument() throws Exception {
    Path file = Files.write(directory.resolve("large.jsonl"), new byte[2_500]);
    FileSettings small = FileSettings.builder().largestWholeBytes(1_000).partBytes(1_000).build();
    HttpUrl base = HttpUrl.get(service.baseUrl().toString());
    try (HttpTransport transport =
        HttpTransport.builder(OpenAiProvider.ID, base)
            .credential(Credential.bearer(service::apiKey))
            .time(time)
            .build()) {
      FileOperations files = new FileOperations(transport, small, time);

      files.upload(
          FileUpload.of(file, "fine-tune").named("l.jsonl").expiringAfter(Duration.ofHours(2)));
    }

    assertThat(sent("POST /uploads/{upload_id}/parts")).isEqualTo(3);
    assertThat(sent("POST /uploads/{upload_id}/complete")).isEqualTo(1);
    assertThat(violations()).isEmpty();
  }

  @Test
  void filesFitTheDocument() throws Exception {
    Path file = Files.writeString(directory.resolve("few.jsonl"), "{\"a\":1}\n");
    FileOperations files = provider.files();

    String id = files.upload(FileUpload.of(file, "evals").expiringAfter(Duration.ofHours(2))).id();
    assertThat(files.list("evals")).anyMatch(each -> each.id().equals(id));
    files.fetch(id);
    files.content(id, 1_000);
    files.delete(id);

    assertThat(service.requests()).hasSize(5);
    assertThat(violations()).isEmpty();
  }

  @Test
  void batchesFitTheDocument() throws Exception {
    Map<String, ChatRequest> questions = Map.of("a", ChatRequest.of("1"), "b", ChatRequest.of("2"));

    List<Batch> sent = provider.batches().submit(BASE, questions);
    provider.batches().cancel(sent.get(0).id());
    provider.batches().ask(BASE, questions, PollingSchedule.standard());

    assertThat(sent("POST /batches")).isEqualTo(2);
    assertThat(sent("POST /batches/{batch_id}/cancel")).isEqualTo(1);
    assertThat(violations()).isEmpty();
  }

  @Test
  void gradersOfEachKindFitTheDocument() {
    PromptExample example = PromptExample.of(List.of(Message.user("1 + 1 = ?")), "2");
    List<GraderSpec> graders =
        List.of(
            GraderSpec.exactMatch("exact", "answer"),
            new GraderSpec.StringCheck(
                "like",
                GraderSpec.ANSWER_TEXT,
                GraderSpec.item("answer"),
                StringOperation.CONTAINS),
            GraderSpec.similarity("near", "answer", TextMetric.FUZZY_MATCH),
            new GraderSpec.PythonCode(
                "code", "def grade(sample, item):\n  return 1.0", Optional.of("2025-05-08")),
            judge());

    for (GraderSpec grader : graders) {
      assertThat(provider.graders().validate(grader)).isEqualTo(grader);
      provider.graders().run(grader, example, "2");
    }

    assertThat(sent("POST /fine_tuning/alpha/graders/run")).isEqualTo(graders.size());
    assertThat(violations()).isEmpty();
  }

  @Test
  void jobsOfEachMethodFitTheDocument() throws Exception {
    provider.submit(MethodRequests.preference(0.3)).await(PollingSchedule.standard());
    JobHandle reinforcement = provider.submit(MethodRequests.reinforcement());
    time.advance(Duration.ofMinutes(5));
    reinforcement.pause();
    reinforcement.resume();
    reinforcement.cancel();

    assertThat(sent("POST /fine_tuning/jobs")).isEqualTo(2);
    assertThat(violations()).isEmpty();
  }

  @Test
  void permissionsAndIntegrationsFitTheDocument() throws Exception {
    JobHandle job = provider.submit(integrated());
    job.await(PollingSchedule.standard());
    String model = job.checkpoints().get(0).model().orElseThrow();
    CheckpointPermissions permissions = provider.checkpointPermissions();

    CheckpointPermissions.Permission given = permissions.grant(model, List.of("proj_a")).get(0);
    permissions.list(model);
    permissions.revoke(model, given);

    assertThat(violations()).isEmpty();
  }

  @Test
  void chatRequestsFitTheDocument() {
    ToolDefinition tool = new ToolDefinition("look", "Looks.", "{\"type\":\"object\"}", true);
    ChatModel model = provider.chatModel(new ModelReference(OpenAiProvider.ID, BASE)).orElseThrow();

    model.chat(
        ChatRequest.of("Hello").toBuilder()
            .tools(List.of(tool))
            .temperature(0)
            .topP(0.9)
            .maximumTokens(9)
            .seed(3)
            .stop(List.of("END"))
            .answerSchemaJson("{\"type\":\"object\"}")
            .providerOption("logprobs", true)
            .build());

    assertThat(violations()).isEmpty();
  }

  private static FineTuningRequest integrated() {
    Map<String, Object> wandb =
        Map.of("type", "wandb", "wandb", Map.of("project", "recipes", "tags", List.of("first")));
    return FineTuningRequest.builder(
            BASE, SupervisedTraining.withDefaults(), MethodRequests.differences())
        .suffix("shared")
        .seed(3)
        .providerOption("metadata", Map.of("team", "kitchen"))
        .providerOption("integrations", List.of(wandb))
        .build();
  }

  private static GraderSpec judge() {
    return new GraderSpec.ScoreModel(
        "judge",
        BASE,
        List.of(Message.user("Score {{sample.output_text}} against {{item.answer}}.")),
        Map.of("seed", 42L),
        0,
        1,
        OptionalDouble.empty());
  }

  private long sent(String route) {
    return service.requests().stream()
        .filter(each -> (each.method() + " " + each.template()).equals(route))
        .count();
  }

  private List<String> violations() {
    List<String> violations = new ArrayList<>();
    for (RecordedExchange exchange : service.requests()) {
      assertThat(exchange.status()).as("%s", exchange).isLessThan(400);
      violations.addAll(document.violations(Exchanges.of(exchange)));
    }
    return violations;
  }
}
