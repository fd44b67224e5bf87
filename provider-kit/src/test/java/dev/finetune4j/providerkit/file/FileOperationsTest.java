package dev.finetune4j.providerkit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Served;
import dev.finetune4j.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileOperationsTest {
  private static final PollingSchedule SCHEDULE = PollingSchedule.standard();

  @StartStop final MockWebServer server = new MockWebServer();
  @TempDir Path folder;
  private final FakeClock time = new FakeClock();
  private HttpTransport transport;
  private FileOperations files;

  @BeforeEach
  void connect() {
    transport = Served.transport(server, time).build();
    files = new FileOperations(transport, FileSettings.standard(), time);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private void enqueue(String... bodies) {
    for (String body : bodies) {
      server.enqueue(Served.answer(200, body));
    }
  }

  private FileUpload upload(String text) throws IOException {
    return FileUpload.of(Files.writeString(folder.resolve("a.jsonl"), text), "batch");
  }

  @Test
  void anUploadNamesPurposeAndExpiry() throws Exception {
    enqueue("{\"id\":\"file-1\",\"filename\":\"a.jsonl\",\"bytes\":3,\"status\":\"uploaded\"}");

    StoredFile file = files.upload(upload("{}\n").expiringAfter(Duration.ofHours(1)));

    assertThat(file.id()).isEqualTo("file-1");
    assertThat(file.status()).isEqualTo(FileStatus.PENDING);
    assertThat(server.takeRequest().getBody().utf8())
        .contains("name=\"purpose\"", "batch", "filename=\"a.jsonl\"", "{}\n")
        .contains("name=\"expires_after[anchor]\"", "created_at")
        .contains("name=\"expires_after[seconds]\"", "3600");
  }

  @Test
  void whatTheServiceDoesNotAllowIsRefusedBeforeAnyRequest() throws Exception {
    FileUpload upload = upload("{}\n");
    FileOperations small =
        new FileOperations(
            transport, FileSettings.builder().withoutParts().largestWholeBytes(2).build(), time);

    assertThatThrownBy(() -> small.upload(upload))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("3 bytes, and 2 are allowed");
    assertThatThrownBy(() -> files.upload(upload.expiringAfter(Duration.ofSeconds(1))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("allowed are PT1H to PT720H");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aSnapshotReadsWhatServicesReallySend() {
    enqueue(
        "{\"id\":\"f\",\"bytes\":null,\"created_at\":1767225600,\"expires_at\":0,"
            + "\"purpose\":\"fine-tune\",\"status\":\"notRunning\",\"new\":{}}");
    enqueue("{\"id\":\"g\"}");

    StoredFile pending = files.fetch("f");
    StoredFile bare = files.fetch("g");

    assertThat(pending.bytes()).isEmpty();
    assertThat(pending.createdAt()).contains(FakeClock.START);
    assertThat(pending.expiresAt()).isEmpty();
    assertThat(pending.status()).isEqualTo(FileStatus.PENDING);
    assertThat(bare.status()).isEqualTo(FileStatus.PROCESSED);
    assertThat(FileStatus.of("frozen")).isEqualTo(FileStatus.UNRECOGNIZED);
  }

  @Test
  void aListIsReadPageByPageByTheLastId() throws Exception {
    enqueue("{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"has_more\":true}");
    enqueue("{\"data\":[{\"id\":\"c\"}],\"has_more\":false}");

    List<String> ids = files.list("fine-tune").map(StoredFile::id).toList();

    assertThat(ids).containsExactly("a", "b", "c");
    assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/files?purpose=fine-tune");
    assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/files?purpose=fine-tune&after=b");
  }

  @Test
  void aListIsLazyAndAnEmptyPageEndsIt() {
    enqueue("{\"data\":[{\"id\":\"a\"}],\"has_more\":true}", "{\"data\":[],\"has_more\":true}");

    boolean found = files.list().anyMatch(file -> file.id().equals("a"));

    assertThat(found).isTrue();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aFileThatIsGoneCanBeDeleted() {
    server.enqueue(Served.answer(404, ""));
    server.enqueue(Served.answer(204, ""));

    files.delete("a");
    files.delete("b");

    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void contentComesAsTextOfBoundedSizeOrAsAFile() {
    enqueue("step,loss\n", "step,loss\n", "step,loss\n");
    Path file = folder.resolve("result.csv");

    String text = files.content("a", 100);
    files.download("a", file, (moved, total) -> {});

    assertThat(text).isEqualTo("step,loss\n");
    assertThat(file).hasContent("step,loss\n");
    assertThatThrownBy(() -> files.content("a", 3)).isInstanceOf(UnexpectedResponseException.class);
  }

  @Test
  void processedIsAwaitedByTheSchedule() throws Exception {
    enqueue("{\"id\":\"a\",\"status\":\"uploaded\"}", "{\"id\":\"a\",\"status\":\"running\"}");
    enqueue("{\"id\":\"a\",\"status\":\"processed\"}");

    StoredFile file = files.awaitProcessed("a", SCHEDULE);

    assertThat(file.status()).isEqualTo(FileStatus.PROCESSED);
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(5), Duration.ofMillis(7_500));
  }

  @Test
  void aRefusedFileSaysWhy() {
    enqueue("{\"id\":\"a\",\"status\":\"error\",\"status_details\":\"line 3 is no JSON\"}");

    assertThatThrownBy(() -> files.awaitProcessed("a", SCHEDULE))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("fake: File a was refused: line 3 is no JSON");
  }

  @Test
  void theWaitGivesUpWhenTheScheduleSays() {
    enqueue("{\"id\":\"a\",\"status\":\"pending\"}", "{\"id\":\"a\",\"status\":\"pending\"}");

    assertThatThrownBy(
            () -> files.awaitProcessed("a", SCHEDULE.givingUpAfter(Duration.ofSeconds(10))))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("still \"pending\"");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }
}
