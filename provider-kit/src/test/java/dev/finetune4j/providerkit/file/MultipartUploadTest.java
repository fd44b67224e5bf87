package dev.finetune4j.providerkit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Served;
import dev.finetune4j.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MultipartUploadTest {
  private static final String TEXT = "alpha,beta,gamma,delta";

  @StartStop final MockWebServer server = new MockWebServer();
  @TempDir Path folder;
  private final FakeUploads service = new FakeUploads();
  private final FakeClock time = new FakeClock();
  private HttpTransport transport;
  private FileOperations files;

  @BeforeEach
  void connect() {
    server.setDispatcher(service);
    transport = Served.transport(server, time).build();
    FileSettings settings =
        FileSettings.builder().largestWholeBytes(10).partBytes(6).parallelParts(2).build();
    files = new FileOperations(transport, settings, time);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private FileUpload upload() throws IOException {
    return FileUpload.of(Files.writeString(folder.resolve("big.jsonl"), TEXT), "fine-tune");
  }

  @Test
  void partsArriveInTheOrderOfTheFileWithItsSizeAndHash() throws Exception {
    List<Long> progress = new CopyOnWriteArrayList<>();

    StoredFile file =
        files.upload(
            upload()
                .expiringAfter(Duration.ofDays(1))
                .progress((moved, total) -> progress.add(moved)));

    assertThat(file.id()).isEqualTo("file-9");
    assertThat(service.whole()).isEqualTo(TEXT);
    assertThat(service.parts.values())
        .containsExactlyInAnyOrder("alpha,", "beta,g", "amma,d", "elta");
    assertThat(service.begun.requireLong("bytes")).isEqualTo(TEXT.length());
    assertThat(service.begun.requireObject("expires_after").requireLong("seconds"))
        .isEqualTo(86_400);
    assertThat(service.completed.requireString("md5"))
        .isEqualTo("4c7f17b05674c2c8da3a41ab5c4fb1dc");
    assertThat(progress).contains((long) TEXT.length());
  }

  @Test
  void aRefusedPartCancelsTheUpload() throws Exception {
    service.refusedPart = "amma";
    FileUpload upload = upload();

    assertThatThrownBy(() -> files.upload(upload))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("bad part");

    assertThat(service.ends()).contains("cancel").doesNotContain("complete");
    assertThat(service.ends()).last().isEqualTo("cancel");
  }

  @Test
  void anInterruptCancelsTheUploadAndLeavesTheFlag() throws Exception {
    service.onPart = Thread.currentThread()::interrupt;
    FileUpload upload = upload();

    assertThatThrownBy(() -> files.upload(upload))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("interrupted");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(service.ends()).last().isEqualTo("cancel");
  }

  @Test
  void aLostCompletionIsFoundAgainAndNotSentTwice() throws Exception {
    service.losesCompletion = true;

    StoredFile file = files.uploadIfAbsent(upload());

    assertThat(file.id()).isEqualTo("file-9");
    assertThat(service.ends()).containsOnlyOnce("complete");
    assertThat(service.parts).hasSize(4);
  }

  @Test
  void aSmallFileTravelsInOneRequest() throws Exception {
    service.list = "{\"id\":\"file-2\"}";
    Path small = Files.writeString(folder.resolve("small.jsonl"), "0123456789");

    files.upload(FileUpload.of(small, "fine-tune"));

    assertThat(service.ends()).containsExactly("files");
  }
}
