package dev.finetune4j.providerkit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Served;
import dev.finetune4j.testkit.FakeClock;
import java.util.List;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TrainingFilesTest {
  private static final Dataset<ChatExample> DATA =
      Dataset.of(
          "Rezepte für Käse.jsonl",
          ChatExample.class,
          List.of(
              ChatExample.of(Message.user("a"), Message.assistant("b")),
              ChatExample.of(Message.user("c"), Message.assistant("d"))));
  private static final String EMPTY = "{\"data\":[],\"has_more\":false}";

  @StartStop final MockWebServer server = new MockWebServer();
  private final FakeClock time = new FakeClock();
  private HttpTransport transport;

  @BeforeEach
  void connect() {
    transport = Served.transport(server, time).build();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private StoredFile upload(FileSettings settings) {
    return TrainingFiles.of(new FileOperations(transport, settings, time))
        .uploadIfAbsent(DATA, ExampleCodecs.openAiChat());
  }

  private StoredFile upload() {
    return upload(FileSettings.standard());
  }

  private void enqueue(String... bodies) {
    for (String body : bodies) {
      server.enqueue(Served.answer(200, body));
    }
  }

  private String sent() throws InterruptedException {
    RecordedRequest last = server.takeRequest();
    while (!last.getMethod().equals("POST")) {
      last = server.takeRequest();
    }
    return last.getBody().utf8();
  }

  /** Returns an entry of a list with the name under which the data was sent. */
  private static String entry(String sent, String status) {
    String name = sent.replaceAll("(?s).*filename=\"([^\"]*)\".*", "$1");
    String content = sent.replaceAll("(?s)^.*octet-stream.*?\r\n\r\n(.*?)\r\n--.*$", "$1");
    return "{\"data\":[{\"id\":\"old\",\"filename\":\"%s\",\"bytes\":%d,\"status\":\"%s\"}]}"
        .formatted(name, content.length(), status);
  }

  @Test
  void theFileIsNamedInAsciiByItsContent() throws Exception {
    enqueue(EMPTY, "{\"id\":\"new\"}");

    StoredFile file = upload();

    String sent = sent();
    assertThat(file.id()).isEqualTo("new");
    assertThat(sent).containsPattern("filename=\"Rezepte-fur-Kase-[0-9a-f]{16}\\.jsonl\"");
    assertThat(sent).contains("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}");
  }

  @Test
  void theSameDataIsNotUploadedTwice() throws Exception {
    enqueue(EMPTY, "{\"id\":\"new\"}");
    upload();
    enqueue(entry(sent(), "processed"));

    StoredFile file = upload();

    assertThat(file.id()).isEqualTo("old");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void aFileThatWasRefusedOrDeletedIsUploadedAnew() throws Exception {
    enqueue(EMPTY, "{\"id\":\"new\"}");
    upload();
    enqueue(entry(sent(), "error"), "{\"id\":\"newer\"}");

    StoredFile file = upload();

    assertThat(file.id()).isEqualTo("newer");
  }

  @Test
  void anUploadWhoseAnswerWasLostIsFoundAgain() throws Exception {
    enqueue(EMPTY, "{\"id\":\"new\"}");
    upload();
    String found = entry(sent(), "uploaded");
    enqueue(EMPTY);
    server.enqueue(Served.lost());
    enqueue(found);

    StoredFile file = upload();

    assertThat(file.id()).isEqualTo("old");
    assertThat(server.getRequestCount()).isEqualTo(5);
  }

  @Test
  void anUploadThatNeverArrivedIsSentAgainButNotForEver() {
    for (int i = 0; i < 3; i++) {
      enqueue(EMPTY);
      server.enqueue(Served.answer(500, ""));
    }
    enqueue(EMPTY);

    assertThatThrownBy(this::upload).isInstanceOf(ProviderUnavailableException.class);
    assertThat(server.getRequestCount()).isEqualTo(7);
  }

  @Test
  void aRefusalIsNotAskedTwice() {
    enqueue(EMPTY);
    server.enqueue(Served.answer(403, "{\"error\":{\"message\":\"no\"}}"));

    assertThatThrownBy(this::upload).isInstanceOf(PermissionException.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aByteOrderMarkMakesAnotherFile() throws Exception {
    enqueue(EMPTY, "{\"id\":\"new\"}", EMPTY, "{\"id\":\"marked\"}");

    upload();
    String plain = sent();
    upload(FileSettings.builder().withByteOrderMark().build());
    String marked = sent();

    assertThat(plain).doesNotContain("\uFEFF");
    assertThat(marked).contains("\r\n\r\n\uFEFF{\"messages\"");
    assertThat(entry(marked, "")).isNotEqualTo(entry(plain, ""));
  }
}
