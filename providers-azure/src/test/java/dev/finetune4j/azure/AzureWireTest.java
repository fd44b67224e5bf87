package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.ModelReference;
import dev.finetune4j.azure.AzureProvider.ApiSurface;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.Embeddings;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.inference.StreamingChatModel;
import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single responses as Azure sends them, unusual ones above all. */
final class AzureWireTest {
  private static final JobReference JOB = new JobReference(AzureProvider.ID, "ftjob-1");
  private static final String KEY = "a-key-that-must-not-show";

  @StartStop final MockWebServer server = new MockWebServer();
  private final FakeClock time = new FakeClock();

  @Test
  void jobsWithMissingMembersAndMinusOneAreRead() throws Exception {
    answer(
        200,
        """
        {"id":"ftjob-1","status":"pending","model":"gpt-4.1-2025-04-14","created_at":1700000000,
         "hyperparameters":{"n_epochs":-1,"batch_size":-1,"learning_rate_multiplier":-1},
         "suffix":"ft4j-abc","trainingType":"globalStandard","error":{},"trained_tokens":null,
         "estimated_finish":1700000900,"something_new":[1]}
        """);

    FineTuningJob job = provider().job(JOB).refresh();

    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job.submissionKey()).contains("ft4j-abc");
    assertThat(job.failureReason()).isEmpty();
    assertThat(job.trainedTokens()).isEmpty();
    RecordedRequest asked = server.takeRequest();
    assertThat(asked.getTarget()).isEqualTo("/openai/v1/fine_tuning/jobs/ftjob-1");
    assertThat(asked.getHeaders().get("api-key")).isEqualTo(KEY);
    assertThat(asked.getHeaders().get("Authorization")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "created, QUEUED", "pending, QUEUED", "pausing, RUNNING", "paused, PAUSED",
    "resuming, QUEUED", "Running, RUNNING", "succeeded, SUCCEEDED", "reviewing, UNRECOGNIZED"
  })
  void everyStatusIsMapped(String word, JobStatus meaning) {
    answer(200, "{\"id\":\"ftjob-1\",\"status\":\"" + word + "\"}");

    assertThat(provider().job(JOB).refresh().status()).isEqualTo(meaning);
  }

  @Test
  void warningsKeepTheirLevel() {
    answer(
        200,
        """
        {"object":"list","has_more":false,"data":[{"id":"ftevent-1","created_at":1,
         "level":"warning","message":"Preempted.","type":"message"}]}
        """);

    EventPage page = provider().jobOperations().events(JOB, Optional.empty());

    assertThat(page.events())
        .singleElement()
        .isInstanceOfSatisfying(
            JobEvent.MessageLogged.class,
            event -> assertThat(event.level()).isEqualTo(JobEvent.Level.WARNING));
  }

  @Test
  void errorsOfTheDatedApiAreRead() {
    answer(
        400,
        """
        {"error":{"code":"invalidPayload","message":"The base model does not support fine-tuning.",
         "target":"model","innererror":{"code":"invalidPayload"}}}
        """);

    InvalidRequestException error = refused(InvalidRequestException.class);

    assertThat(error.failure().code()).contains("invalidPayload");
    assertThat(error).hasMessageContaining("if the trainingType does not suit the model");
  }

  @Test
  void gatewayErrorsWithoutAnEnvelopeAreRead() {
    server.enqueue(
        new MockResponse.Builder()
            .code(401)
            .addHeader("apim-request-id", "req-7")
            .body("{\"statusCode\":401,\"message\":\"Unauthorized. Token for another audience.\"}")
            .build());

    AuthenticationException error = refused(AuthenticationException.class);

    assertThat(error.failure().requestId()).contains("req-7");
    assertThat(error)
        .hasMessageContaining("Token for another audience.")
        .hasMessageContaining("that the token's scope matches this host");
  }

  @Test
  void errorsOfTheV1ApiAreRead() {
    answer(404, "{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\",\"type\":null}}");

    assertThat(refused(NotFoundException.class)).hasMessageContaining("the API version");
  }

  @Test
  void retiredModelsAreExplained() {
    answer(410, "{\"error\":{\"code\":\"ModelRetired\",\"message\":\"gpt-4o is retired.\"}}");

    assertThat(refused(NotFoundException.class))
        .hasMessageContaining("gpt-4o is retired.")
        .hasMessageContaining("train on another base");
  }

  @Test
  void eachErrorStatusAndBrokenJsonHasItsOwnException() {
    answer(403, "{\"error\":{\"code\":\"forbidden\",\"message\":\"The role is missing.\"}}");
    refused(PermissionException.class);
    for (int i = 0; i < 4; i++) {
      answer(500, "");
    }
    refused(ProviderUnavailableException.class);
    answer(200, "{\"id\":");
    refused(UnexpectedResponseException.class);
    assertThat(server.getRequestCount()).isEqualTo(6);
  }

  @Test
  void retryAfterInMillisecondsIsObeyed() {
    server.enqueue(
        new MockResponse.Builder().code(429).addHeader("retry-after-ms", "7250").build());
    answer(200, "{\"id\":\"ftjob-1\",\"status\":\"running\"}");

    provider().job(JOB).refresh();

    assertThat(time.slept()).isEqualTo(Duration.ofMillis(7250));
  }

  @Test
  void filteredAnswersHaveTheirFinishReason() {
    answer(
        200,
        """
        {"model":"gpt","choices":[{"index":0,"finish_reason":"content_filter",
         "message":{"role":"assistant"},"content_filter_results":{"hate":{"filtered":true}}}],
         "prompt_filter_results":[],"usage":{"prompt_tokens":3,"completion_tokens":0}}
        """);

    ChatResponse answer = chat().chat(ChatRequest.of("x"));

    assertThat(answer.finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  void filteredPromptsHaveTheSameFinishReason() {
    answer(
        400,
        """
        {"error":{"message":"filtered","type":null,"param":"prompt","code":"content_filter",
         "status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}
        """);

    assertThat(chat().chat(ChatRequest.of("x")).finishReason())
        .isEqualTo(FinishReason.CONTENT_FILTER);
  }

  @Test
  void streamsThatBeginWithoutChoicesAreRead() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "text/event-stream")
            .body(
                """
                data: {"choices":[],"model":"","prompt_filter_results":[]}

                data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}

                data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: [DONE]

                """)
            .build());
    StringBuilder heard = new StringBuilder();

    ((StreamingChatModel) chat()).chat(ChatRequest.of("x"), heard::append);

    assertThat(heard).hasToString("Hi");
  }

  @Test
  void theDatedApiHasTheDeploymentInThePath() throws Exception {
    answer(200, "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");

    provider(options().apiSurface(ApiSurface.CLASSIC).apiVersion("2024-10-21"))
        .chatModel(new ModelReference(AzureProvider.ID, "base"))
        .orElseThrow()
        .chat(ChatRequest.of("x"));

    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/openai/deployments/my-base/chat/completions?api-version=2024-10-21");
  }

  @Test
  void anUnknownProvisioningStateIsReportedNotThrown() {
    answer(
        200,
        """
        {"name":"bot","sku":{"name":"Standard","capacity":1},
         "properties":{"provisioningState":"Dreaming","model":{"name":"gpt-4o","version":null}}}
        """);

    Deployment deployment =
        provider()
            .deployer()
            .orElseThrow()
            .deployment(new DeploymentReference(AzureProvider.ID, "bot"))
            .refresh();

    assertThat(deployment.status()).isEqualTo(DeploymentStatus.UNRECOGNIZED);
    assertThat(deployment.providerStatus()).isEqualTo("Dreaming");
  }

  @Test
  void keysAndTokensAreNeverShown() {
    answer(400, "{\"error\":{\"code\":\"x\",\"message\":\"your key " + KEY + " is bad\"}}");

    InvalidRequestException error = refused(InvalidRequestException.class);

    assertThat(error).hasMessageNotContaining(KEY);
    assertThat(provider() + " " + options() + " " + chat()).doesNotContain(KEY);
  }

  @Test
  void aProviderRequiresACredentialAndAValidEndpoint() {
    assertThatThrownBy(() -> AzureProvider.builder("https://x.openai.azure.com").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Set an apiKey, or tokens");
    assertThatThrownBy(() -> AzureProvider.builder("no address").apiKey("k").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a URL such as https://");
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private <E extends ProviderException> E refused(Class<E> type) {
    E error = catchThrowableOfType(type, () -> provider().job(JOB).refresh());
    assertThat(error).isNotNull();
    return error;
  }

  private ChatModel chat() {
    return provider().chatModel(new ModelReference(AzureProvider.ID, "base")).orElseThrow();
  }

  @Test
  void embeddingsKeepTheOrderOfTheirTexts() throws Exception {
    answer(
        200,
        """
        {"object":"list","model":"text-embedding-3-small","usage":{"prompt_tokens":5,"total_tokens":5},
         "data":[{"object":"embedding","index":1,"embedding":[0,1]},
                 {"object":"embedding","index":0,"embedding":[1,0]}]}
        """);

    Embeddings found = provider().embeddingModel("my-vectors").embed(List.of("one", "two"));

    assertThat(found.vectors()).containsExactly(new float[] {1, 0}, new float[] {0, 1});
    assertThat(found.usage().promptTokens()).isEqualTo(5);
    RecordedRequest asked = server.takeRequest();
    assertThat(asked.getTarget()).isEqualTo("/openai/v1/embeddings");
    assertThat(asked.getBody().utf8()).contains("\"model\":\"my-vectors\"");
  }

  private AzureProvider provider() {
    return provider(options());
  }

  private static AzureProvider provider(AzureProvider.Builder options) {
    return options.build();
  }

  private AzureProvider.Builder options() {
    return AzureProvider.builder(server.url("/").toString())
        .apiKey(KEY)
        .managementTokens(scope -> "a-token")
        .managementHost(server.url("/").toString())
        .account("s", "g", "a")
        .baseDeployment("base", "my-base")
        .time(time);
  }
}
