package dev.finetune4j.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.inference.StreamingChatModel;
import dev.finetune4j.local.internal.server.ServerMain;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.SupervisedTraining;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalServingTest {
  private static final PollingSchedule QUICK =
      new PollingSchedule(Duration.ofMillis(20), 1, Duration.ofMillis(20), Duration.ofMinutes(2));

  @TempDir static Path directory;
  private static LocalProvider provider;
  private static ModelReference tuned;

  @BeforeAll
  static void train() throws Exception {
    RandomBase.write(directory.resolve("base"));
    provider = newProvider();
    Hyperparameters settings = Hyperparameters.builder().epochs(150).build();
    FineTuningRequest request =
        FineTuningRequest.builder(
                "micro",
                SupervisedTraining.withDefaults().withHyperparameters(settings),
                Requests.sums())
            .build();
    tuned = provider.submit(request).await(QUICK).requireFineTunedModel();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static LocalProvider newProvider() {
    return LocalProvider.builder(directory)
        .base("micro", directory.resolve("base"))
        .workers(1)
        .build();
  }

  private static Deployment deploy(LocalProvider on, String name) throws InterruptedException {
    return on.deployer()
        .orElseThrow()
        .deploy(DeploymentSpec.of(tuned, name, Capacity.serverless()))
        .await(QUICK);
  }

  private static ChatRequest question() {
    return ChatRequest.builder(List.of(Message.user("1 + 1 = ?"))).maximumTokens(5).build();
  }

  private static ChatModel base() {
    return provider.chatModel(new ModelReference(LocalProvider.ID, "micro")).orElseThrow();
  }

  @Test
  void manyCallersAtOnceGetTheAnswersThatTheyWouldGetAlone() throws Exception {
    ChatModel model = base();
    ChatResponse alone = model.chat(question());
    ExecutorService pool = Executors.newFixedThreadPool(12);
    List<Future<ChatResponse>> answers = new ArrayList<>();

    for (int i = 0; i < 24; i++) {
      answers.add(pool.submit(() -> model.chat(question())));
    }

    for (Future<ChatResponse> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS).text()).isEqualTo(alone.text());
    }
    pool.shutdown();
    assertThat(alone.model()).isEqualTo("micro");
    assertThat(alone.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(alone.usage().completionTokens()).isEqualTo(5);
    assertThat(alone.usage().promptTokens()).isEqualTo(12);
  }

  @Test
  void aStreamedAnswerIsTheWholeOneInPieces() {
    StreamingChatModel model = (StreamingChatModel) base();
    StringBuilder pieces = new StringBuilder();

    ChatResponse streamed = model.chat(question(), pieces::append);

    assertThat(streamed.text()).isEqualTo(model.chat(question()).text());
    assertThat(pieces).hasToString(streamed.text());
    assertThat(streamed.usage().completionTokens()).isEqualTo(5);
  }

  @Test
  void aDeploymentCostsNothingAndIsFoundAfterARestart() throws Exception {
    Deployment first = deploy(provider, "survivor");
    String answer = provider.deployer().orElseThrow().chatModel(first).chat(question()).text();

    try (LocalProvider restarted = newProvider()) {
      DeploymentHandle handle = restarted.deployer().orElseThrow().deployment(first.reference());
      Deployment again = handle.await(QUICK);
      ChatResponse later = restarted.deployer().orElseThrow().chatModel(again).chat(question());
      handle.delete();

      assertThat(first.pricePerHour()).contains(Money.zero());
      assertThat(again.model()).isEqualTo(tuned);
      assertThat(later.text()).isEqualTo(answer);
      assertThat(later.model()).isEqualTo(tuned.name());
      assertThat(handle.refresh().status()).isEqualTo(DeploymentStatus.DELETED);
    }
  }

  @Test
  void aServerThatDiedIsStartedAgainByTheNextQuestion() throws Exception {
    Deployment deployment = deploy(provider, "phoenix");
    ChatModel model = provider.deployer().orElseThrow().chatModel(deployment);
    String before = model.chat(question()).text();
    List<ProcessHandle> servers =
        ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();

    servers.forEach(ProcessHandle::destroyForcibly);
    String after = model.chat(question()).text();

    assertThat(servers).isNotEmpty();
    assertThat(after).isEqualTo(before);
  }

  @Test
  void theServerRefusesStrangersUnknownModelsAndWhatItCannotDo() throws Exception {
    Deployment deployment = deploy(provider, "guarded");
    HttpUrl address = HttpUrl.get(deployment.endpoint().orElseThrow());

    try (HttpTransport stranger =
        HttpTransport.builder(LocalProvider.ID, address)
            .credential(Credential.bearer(() -> "guess"))
            .build()) {
      assertThatThrownBy(() -> ChatCompletionsModel.of(stranger, "micro").chat(question()))
          .isInstanceOf(AuthenticationException.class)
          .hasMessage(
              "local answered 401 (invalid_api_key): The bearer token is missing or wrong.");
    }
    ChatRequest forced = question().toBuilder().answerSchemaJson("{}").build();
    assertThatThrownBy(() -> base().chat(forced))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("does not support answers forced into \"json_schema\"");
    assertThatThrownBy(
            () -> base().chat(question().toBuilder().providerOption("model", "gpt").build()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageStartingWith(
            "local answered 404 (model_not_found): There is no model \"gpt\" here; there are");
    assertThatThrownBy(() -> base().chat(ChatRequest.of("too long ".repeat(50))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("tokens, and the model reads at most 63");
  }

  @Test
  void aServerWhoseParentIsGoneEnds() throws Exception {
    Process server =
        ChildCommand.of(directory, null, 0, List.of(), NativePlatform.ofThisJvm())
            .running(ServerMain.class, List.of())
            .redirectError(Files.createTempFile(directory, "server", ".log").toFile())
            .start();
    server
        .getOutputStream()
        .write(
            "{\"base\":\"%s\",\"name\":\"m\",\"token\":\"t\",\"workers\":1}\n"
                .formatted(directory.resolve("base"))
                .getBytes(StandardCharsets.UTF_8));
    server.getOutputStream().flush();
    String line = server.inputReader().readLine();

    server.getOutputStream().close();

    assertThat(line).startsWith("{\"port\":");
    assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aBaseThatCannotBeServedSaysWhy() throws Exception {
    Path broken = RandomBase.write(directory.resolve("broken"));
    Files.writeString(broken.resolve("model.safetensors"), "not tensors");

    try (LocalProvider other =
        LocalProvider.builder(directory).base("broken", broken).time(Time.system()).build()) {
      ChatModel model =
          other.chatModel(new ModelReference(LocalProvider.ID, "broken")).orElseThrow();

      assertThatThrownBy(() -> model.chat(question()))
          .hasMessageContaining("The server did not start");
    }
  }
}
