package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransferTest {
  @StartStop final MockWebServer server = new MockWebServer();
  @TempDir Path folder;
  private HttpTransport transport;

  @BeforeEach
  void connect() {
    transport = Served.transport(server, new FakeClock()).build();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("data.jsonl"), text);
  }

  private long download() {
    return transport.download(
        ApiRequest.get("content"), folder.resolve("result.csv"), TransferListener.NONE);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static MockResponse cut(String body, String... headers) {
    return Served.answer(200, body, headers)
        .newBuilder()
        .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
        .build();
  }

  @Test
  void aFormCarriesFieldsAndTheFileAndTellsItsLength() throws Exception {
    server.enqueue(Served.answer(200, "{}"));
    RequestContent content = RequestContent.of(written("0123456789"), 2, 5);
    FormContent form = FormContent.of("purpose", "fine-tune").file("file", "a.jsonl", content);

    transport.send(ApiRequest.post("files").form(form));

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Content-Length")).isEqualTo("" + request.getBody().size());
    assertThat(request.getBody().utf8())
        .contains("name=\"purpose\"", "\r\n\r\nfine-tune\r\n")
        .contains("name=\"file\"; filename=\"a.jsonl\"")
        .contains("\r\n\r\n23456\r\n");
  }

  @Test
  void progressIsToldAndBeginsAnewWhenASafeUploadIsSentAgain() throws Exception {
    server.enqueue(Served.answer(503, ""));
    server.enqueue(Served.answer(200, "{}"));
    List<Long> moved = new ArrayList<>();
    FormContent form =
        FormContent.empty()
            .file("file", "a.jsonl", RequestContent.of(new byte[100_000]))
            .progress((now, total) -> moved.add(now * 1_000_000 + total));

    transport.send(ApiRequest.post("parts").form(form).idempotency(Idempotency.SAFE));

    assertThat(moved)
        .containsExactly(65_536_100_000L, 100_000_100_000L, 65_536_100_000L, 100_000_100_000L);
    assertThat(server.takeRequest().getBody()).isEqualTo(server.takeRequest().getBody());
  }

  @Test
  void anUploadThatMayBeThereIsNotSentAgain() throws Exception {
    server.enqueue(Served.lost());
    FormContent form = FormContent.empty().file("file", "a.jsonl", RequestContent.of(written("1")));

    assertThatThrownBy(() -> transport.send(ApiRequest.post("files").form(form)))
        .isInstanceOf(ProviderUnavailableException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void anInterruptEndsAnUpload() throws Exception {
    server.enqueue(Served.answer(200, "{}"));
    FormContent form =
        FormContent.empty()
            .file("file", "a.jsonl", RequestContent.of(new byte[50_000_000]))
            .progress((moved, total) -> interruptAt(moved));

    assertThatThrownBy(() -> transport.send(ApiRequest.post("files").form(form)))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void interruptAt(long moved) {
    if (moved > 1_000_000) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFileThatHasBecomeShorterIsTheCallersMatter() throws Exception {
    server.enqueue(Served.answer(200, "{}"));
    FormContent form =
        FormContent.empty().file("file", "a.jsonl", RequestContent.of(written("123"), 0, 4));

    assertThatThrownBy(() -> transport.send(ApiRequest.post("files").form(form)))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("shorter than 4 bytes");
  }

  @Test
  void aFileNameOutsideOfAsciiIsRefused() {
    assertThatThrownBy(
            () -> FormContent.empty().file("file", "Käse.jsonl", RequestContent.of(new byte[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("printable ASCII");
  }

  @Test
  void aDownloadAppearsWhole() throws Exception {
    server.enqueue(Served.answer(200, "step,loss\n"));

    long size = download();

    assertThat(size).isEqualTo(10);
    assertThat(folder.resolve("result.csv")).hasContent("step,loss\n");
    assertThat(names()).containsExactly("result.csv");
  }

  @Test
  void aDownloadThatWasCutGoesOnWhereItStopped() throws Exception {
    byte[] content = "0123456789".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    server.setDispatcher(new HalfThenRest(content));

    long size = download();

    assertThat(size).isEqualTo(200_000);
    assertThat(folder.resolve("result.csv")).hasBinaryContent(content);
    server.takeRequest();
    RecordedRequest second = server.takeRequest();
    assertThat(second.getHeaders().get("If-Range")).isEqualTo("\"v1\"");
    assertThat(second.getHeaders().get("Range")).isEqualTo("bytes=100000-");
  }

  @Test
  void anotherVersionOfTheFileBeginsAnew() throws Exception {
    server.enqueue(cut("old content, and a lot of it", "ETag", "\"v1\""));
    server.enqueue(Served.answer(200, "new", "ETag", "\"v2\""));

    long size = download();

    assertThat(size).isEqualTo(3);
    assertThat(folder.resolve("result.csv")).hasContent("new");
  }

  @Test
  void aServiceThatCannotContinueIsAskedForTheWhole() throws Exception {
    server.setDispatcher(
        new Dispatcher() {
          private final HalfThenRest first = new HalfThenRest(new byte[100_000]);

          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return request.getHeaders().get("Range") == null
                ? first.dispatch(request)
                : Served.answer(416, "", "Content-Range", "bytes */100000");
          }
        });

    long size = download();

    assertThat(size).isEqualTo(100_000);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void whatIsNotWholeDoesNotReplaceWhatIsThere() throws Exception {
    Files.writeString(folder.resolve("result.csv"), "before");
    for (int i = 0; i < 4; i++) {
      server.enqueue(cut("half of it"));
    }

    assertThatThrownBy(this::download).isInstanceOf(ProviderUnavailableException.class);

    assertThat(folder.resolve("result.csv")).hasContent("before");
    assertThat(names()).containsExactly("result.csv");
  }

  @Test
  void aSizeThatIsNotThePromisedOneIsAnError() throws Exception {
    server.enqueue(Served.answer(206, "tail", "Content-Range", "bytes 0-3/9"));

    assertThatThrownBy(this::download)
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("has 4 bytes, and 9 were promised");
    assertThat(names()).isEmpty();
  }

  @Test
  void aDiskThatRefusesIsNotTheServicesFault() {
    server.enqueue(Served.answer(200, "content"));
    Path nowhere = folder.resolve("absent/result.csv");

    assertThatThrownBy(
            () -> transport.download(ApiRequest.get("content"), nowhere, TransferListener.NONE))
        .isInstanceOf(DataFileException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }
}
