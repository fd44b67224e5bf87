package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.TrainingClosedException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.Requests;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single requests and their responses. */
final class OpenAiJobsTest {
  private static final String KEY = "sk-a-key-that-must-not-show";
  private static final String RUNNING =
      "{\"id\":\"ftjob-1\",\"object\":\"fine_tuning.job\",\"status\":\"running\",\"error\":null}";

  @StartStop final MockWebServer server = new MockWebServer();

  private final FakeClock time = new FakeClock();
  private OpenAiProvider provider;
  private JobHandle job;

  @BeforeEach
  void open() {
    provider =
        OpenAiProvider.builder()
            .apiKey(() -> KEY)
            .organization("org-1")
            .project("proj-1")
            .baseUrl(server.url("/v1/").toString())
            .time(time)
            .build();
    job = provider.job(new JobReference(OpenAiProvider.ID, "ftjob-1"));
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void aCallIsOneRequestWithKeyOrganizationAndProject() throws Exception {
    enqueue(200, RUNNING);

    FineTuningJob fetched = job.refresh();

    RecordedRequest request = server.takeRequest();
    assertThat(fetched.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(request.getMethod()).isEqualTo("GET");
    assertThat(request.getUrl().encodedPath()).isEqualTo("/v1/fine_tuning/jobs/ftjob-1");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(request.getHeaders().get("OpenAI-Organization")).isEqualTo("org-1");
    assertThat(request.getHeaders().get("OpenAI-Project")).isEqualTo("proj-1");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void retryAfterReplacesTheBackoff() {
    server.enqueue(
        new MockResponse.Builder().code(429).addHeader("Retry-After", "7").body("{}").build());
    enqueue(200, RUNNING);

    FineTuningJob fetched = job.refresh();

    assertThat(fetched.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(7));
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void serverErrorsAndDroppedConnectionsAreRetried() {
    enqueue(500, "{\"error\":{\"message\":\"oops\"}}");
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    enqueue(200, RUNNING);

    FineTuningJob fetched = job.refresh();

    assertThat(fetched.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(server.getRequestCount()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void eachStatusHasItsExceptionWithTheRequestIdButNotTheKey() {
    server.enqueue(
        new MockResponse.Builder()
            .code(401)
            .addHeader("x-request-id", "req_1")
            .body("{\"error\":{\"message\":\"Incorrect key " + KEY + "\",\"code\":\"bad_key\"}}")
            .build());
    enqueue(404, "{\"error\":{\"message\":\"No such job\",\"code\":null}}");
    enqueue(400, "{\"error\":{\"message\":\"Bad id\",\"param\":\"id\"}}");
    enqueue(200, "{\"id\":");

    assertThatThrownBy(job::refresh)
        .isInstanceOf(AuthenticationException.class)
        .hasMessage("openai answered 401 (bad_key) [request req_1]: Incorrect key ****");
    assertThatThrownBy(job::refresh).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(job::refresh).isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(job::refresh).isInstanceOf(UnexpectedResponseException.class);
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void closedTrainingIsReported() {
    enqueue(200, "{\"object\":\"list\",\"data\":[],\"has_more\":false}");
    enqueue(200, "{\"object\":\"list\",\"data\":[],\"has_more\":false}");
    enqueue(200, "{\"id\":\"file-1\",\"status\":\"processed\"}");
    enqueue(
        403,
        "{\"error\":{\"message\":\"Your organization can no longer create fine-tuning jobs.\"}}");

    assertThatThrownBy(() -> provider.submit(Requests.sums("gpt-4.1-mini", "closed")))
        .isInstanceOf(TrainingClosedException.class)
        .hasMessageContaining("Azure");
  }

  @Test
  void unknownStatusMembersAndNullsAreReportedNotThrown() {
    enqueue(
        200,
        "{\"id\":\"ftjob-1\",\"status\":\"hibernating\",\"model\":null,\"news\":{\"a\":[1]},"
            + "\"error\":{},\"trained_tokens\":null}");

    FineTuningJob fetched = job.refresh();

    assertThat(fetched.status()).isEqualTo(JobStatus.UNRECOGNIZED);
    assertThat(fetched.providerStatus()).isEqualTo("hibernating");
    assertThat(fetched.providerJson().orElseThrow()).contains("\"news\":{\"a\":[1]}");
  }

  private void enqueue(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}
