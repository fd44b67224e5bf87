package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.testkit.FakeClock;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CallTest {
  @StartStop final MockWebServer server = new MockWebServer();
  private HttpTransport transport;

  @BeforeEach
  void connect() {
    transport =
        Served.transport(server, new FakeClock())
            .header("OpenAI-Project", "proj_1")
            .clientRequestIds(() -> "mine-1")
            .build();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private RecordedRequest sent(ApiRequest call) throws InterruptedException {
    server.enqueue(Served.answer(200, "{}"));
    transport.send(call);
    return server.takeRequest();
  }

  @Test
  void anIdIsOneSegmentWhateverIsInIt() throws Exception {
    ApiRequest call = ApiRequest.get("models/{model}/checkpoints/{step}", "ft:gpt/4o:a?b#c", "1 2");

    String target = sent(call).getTarget();

    assertThat(target).isEqualTo("/v1/models/ft:gpt%2F4o:a%3Fb%23c/checkpoints/1%202");
  }

  @Test
  void anIdThatWouldLeadElsewhereIsRefused() {
    assertThatThrownBy(() -> ApiRequest.delete("files/{file}", ".."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"..\" is not a valid id for \"files/{file}\".");
    assertThatThrownBy(() -> ApiRequest.delete("files/{file}", " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ApiRequest.delete("files/{file}"))
        .hasMessage("\"files/{file}\" has 1 names to fill, and got 0.");
  }

  @Test
  void aQueryMayRepeatANameAndIsEncoded() throws Exception {
    Query query =
        Query.of("metadata[key]", "a&b").and("limit", 20).and("limit", 21).andIfPresent("x", null);

    String target = sent(ApiRequest.get("jobs").query(query)).getTarget();

    assertThat(target).isEqualTo("/v1/jobs?metadata%5Bkey%5D=a%26b&limit=20&limit=21");
    assertThat(query).hasToString("Query[metadata[key], limit, limit]");
  }

  @Test
  void aCallMayHaveItsOwnProofAndHeaders() throws Exception {
    ApiRequest call =
        ApiRequest.get("permissions")
            .credential(Credential.bearer(() -> "admin"))
            .header("X-Own", "1");

    RecordedRequest request = sent(call);

    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer admin");
    assertThat(request.getHeaders().get("X-Own")).isEqualTo("1");
    assertThat(request.getHeaders().get("OpenAI-Project")).isEqualTo("proj_1");
    assertThat(request.getHeaders().get("X-Client-Request-Id")).isEqualTo("mine-1");
  }

  @Test
  void eachMethodCarriesWhatItMust() throws Exception {
    JsonObject body = JsonObject.empty().put("a", 1);

    RecordedRequest put = sent(ApiRequest.put("d/{x}", "1").json(body));
    RecordedRequest patch = sent(ApiRequest.patch("d/{x}", "1").json(body));
    RecordedRequest post = sent(ApiRequest.post("d/{x}/cancel", "1"));
    RecordedRequest delete = sent(ApiRequest.delete("d/{x}", "1"));

    assertThat(put.getRequestLine()).isEqualTo("PUT /v1/d/1 HTTP/1.1");
    assertThat(patch.getBody().utf8()).isEqualTo("{\"a\":1}");
    assertThat(post.getHeaders().get("Content-Length")).isEqualTo("0");
    assertThat(delete.getMethod()).isEqualTo("DELETE");
  }

  @Test
  void theHeadersOfAnAnswerCanBeReadAndAnEmptyBodyIsAnEmptyObject() {
    server.enqueue(Served.answer(204, "", "Location", "/v1/files/1", "x-request-id", "r1"));

    ApiResponse answer = transport.send(ApiRequest.delete("files/{file}", "1"));

    assertThat(answer.header("location")).contains("/v1/files/1");
    assertThat(answer.requestId()).contains("r1");
    assertThat(answer.json(JsonObject::asMap)).isEmpty();
  }

  @Test
  void anAnswerThatIsTooLongIsNotHeld() {
    server.enqueue(Served.answer(200, "0123456789"));
    server.enqueue(Served.answer(200, "0123456789"));

    String whole = transport.send(ApiRequest.get("text").maximumBytes(10)).text();

    assertThat(whole).isEqualTo("0123456789");
    assertThatThrownBy(() -> transport.send(ApiRequest.get("text").maximumBytes(9)))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessage("fake answered 200: The answer is longer than 9 bytes.");
  }

  @Test
  void aUrlOfTheServiceIsAskedWithTheProofAndAnotherOneWithout() throws Exception {
    try (MockWebServer other = new MockWebServer()) {
      other.start();
      other.enqueue(Served.answer(200, "{}"));

      RecordedRequest home = sent(ApiRequest.get(server.url("/operations/7?t=1")));
      transport.send(ApiRequest.get(other.url("/operations/7")));

      assertThat(home.getTarget()).isEqualTo("/operations/7?t=1");
      assertThat(home.getHeaders().get("Authorization")).isEqualTo("Bearer sk-very-secret");
      RecordedRequest away = other.takeRequest();
      assertThat(away.getHeaders().get("Authorization")).isNull();
      assertThat(away.getHeaders().get("OpenAI-Project")).isNull();
    }
  }
}
