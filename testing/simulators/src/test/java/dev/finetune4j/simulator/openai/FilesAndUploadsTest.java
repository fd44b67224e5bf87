package dev.finetune4j.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.testkit.FakeClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FilesAndUploadsTest {
  private final FakeClock time = new FakeClock();
  private final SimulatedOpenAi openAi =
      SimulatedOpenAi.builder()
          .time(time)
          .durations(SimulatedDurations.standard().withFileProcessing(Duration.ofSeconds(3)))
          .start();
  private final Wire wire = new Wire(openAi);

  @AfterEach
  void close() {
    openAi.close();
  }

  @Test
  void aFileIsUploadedThenProcessedAndCannotTrainBefore() throws Exception {
    String id = wire.file(Wire.examples(10));
    String body = "{\"model\":\"gpt-4.1-mini\",\"training_file\":\"" + id + "\"}";

    HttpResponse<String> early = wire.post("/fine_tuning/jobs", body);
    String before = Wire.json(wire.get("/files/" + id)).requireString("status");
    time.advance(Duration.ofSeconds(3));
    String after = Wire.json(wire.get("/files/" + id)).requireString("status");

    assertThat(early.statusCode()).isEqualTo(400);
    assertThat(Wire.error(early).requireString("message")).contains("is not ready");
    assertThat(List.of(before, after)).containsExactly("uploaded", "processed");
    assertThat(wire.post("/fine_tuning/jobs", body).statusCode()).isEqualTo(200);
  }

  @Test
  void filesAreListedByPagesInEitherOrder() throws Exception {
    List<String> ids = List.of(wire.file("{}"), wire.file("{}"), wire.file("{}"));

    JsonObject first = Wire.json(wire.get("/files?limit=2"));
    JsonObject rest = Wire.json(wire.get("/files?limit=2&after=" + first.requireString("last_id")));
    JsonObject oldest = Wire.json(wire.get("/files?limit=1&order=asc"));

    assertThat(first.requireString("first_id")).isEqualTo(ids.get(2));
    assertThat(first.findBoolean("has_more")).contains(true);
    assertThat(rest.requireString("first_id")).isEqualTo(ids.get(0));
    assertThat(rest.findBoolean("has_more")).contains(false);
    assertThat(oldest.requireString("first_id")).isEqualTo(ids.get(0));
  }

  @Test
  void aFileWithAnExpiryIsGoneAfterIt() throws Exception {
    String fields =
        "purpose=fine-tune&expires_after[anchor]=created_at&expires_after[seconds]=3600";
    String id = Wire.json(wire.upload("/files", fields, "a.jsonl", "{}")).requireString("id");

    time.advance(Duration.ofSeconds(3599));
    int before = wire.get("/files/" + id).statusCode();
    time.advance(Duration.ofSeconds(1));
    int after = wire.get("/files/" + id).statusCode();

    assertThat(List.of(before, after)).containsExactly(200, 404);
  }

  @Test
  void trainingFilesAreLinesOfJson() throws Exception {
    HttpResponse<String> answer = wire.upload("/files", "purpose=fine-tune", "a.csv", "a,b");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(openAi.filesUploaded()).isZero();
  }

  @Test
  void aFileOfManyMegabytesComesBackByteForByte() throws Exception {
    byte[] line =
        ("{\"x\":\"" + "\r\n--edg".repeat(100) + "\"}\r\n").getBytes(StandardCharsets.UTF_8);
    int lines = 30_000;
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < lines; i++) {
      sent.update(line);
    }

    String id = Wire.json(wire.send(large(line, lines))).requireString("id");
    HttpResponse<InputStream> back = wire.stream(wire.request("/files/" + id + "/content").GET());
    MessageDigest received = MessageDigest.getInstance("SHA-256");
    try (InputStream body = back.body()) {
      received.update(body.readAllBytes());
    }

    assertThat(back.headers().firstValueAsLong("Content-Length"))
        .hasValue((long) lines * line.length);
    assertThat(HexFormat.of().formatHex(received.digest()))
        .isEqualTo(HexFormat.of().formatHex(sent.digest()));
  }

  @Test
  void partsAreJoinedInTheOrderThatTheCallerNames() throws Exception {
    String upload = start(4);
    String second = part(upload, "cd");
    String first = part(upload, "ab");

    JsonObject whole =
        complete(upload, "\"%s\",\"%s\"".formatted(first, second), md5("abcd"))
            .requireObject("file");

    String id = whole.requireString("id");
    assertThat(wire.get("/files/" + id + "/content").body()).isEqualTo("abcd");
    assertThat(openAi.filesUploaded()).isEqualTo(1);
  }

  @Test
  void aWrongSumOrAMissingByteIsRefused() throws Exception {
    String upload = start(4);
    String part = part(upload, "abcd");
    String other = start(5);
    String tooShort = part(other, "abcd");

    JsonObject sum = complete(upload, "\"" + part + "\"", md5("dcba"));
    JsonObject length = complete(other, "\"" + tooShort + "\"", md5("abcd"));

    assertThat(sum.requireObject("error").requireString("param")).isEqualTo("md5");
    assertThat(length.requireObject("error").requireString("message"))
        .isEqualTo("The parts have 4 bytes, and 5 were announced.");
    assertThat(openAi.filesUploaded()).isZero();
  }

  @Test
  void anUploadEndsAfterAnHourOrWhenItIsCancelled() throws Exception {
    String late = start(4);
    String cancelled = start(4);

    String status =
        Wire.json(wire.post("/uploads/" + cancelled + "/cancel", "")).requireString("status");
    time.advance(Duration.ofHours(1));
    HttpResponse<String> answer = wire.upload("/uploads/" + late + "/parts", "", "p", "abcd");

    assertThat(status).isEqualTo("cancelled");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.error(answer).requireString("message")).endsWith("is expired.");
  }

  private HttpRequest.Builder large(byte[] line, int lines) {
    String head =
        """
        --edge
        Content-Disposition: form-data; name="purpose"

        fine-tune
        --edge
        Content-Disposition: form-data; name="file"; filename="a.jsonl"

        """
            .replace("\n", "\r\n");
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.ofInputStream(
            () ->
                new SequenceInputStream(
                    Collections.enumeration(
                        List.of(bytes(head), repeated(line, lines), bytes("\r\n--edge--\r\n")))));
    return wire.request("/files")
        .header("Content-Type", "multipart/form-data; boundary=edge")
        .POST(body);
  }

  private static InputStream repeated(byte[] line, int times) {
    return new SequenceInputStream(
        Collections.enumeration(
            Collections.nCopies(times, line).stream()
                .map(bytes -> (InputStream) new ByteArrayInputStream(bytes))
                .toList()));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private String start(int bytes) throws Exception {
    String body =
        "{\"filename\":\"a.jsonl\",\"purpose\":\"fine-tune\",\"bytes\":%d,\"mime_type\":\"text/jsonl\"}";
    return Wire.json(wire.post("/uploads", body.formatted(bytes))).requireString("id");
  }

  private String part(String upload, String text) throws Exception {
    return Wire.json(wire.upload("/uploads/" + upload + "/parts", "", "p", text))
        .requireString("id");
  }

  private JsonObject complete(String upload, String parts, String md5) throws Exception {
    String body = "{\"part_ids\":[%s],\"md5\":\"%s\"}".formatted(parts, md5);
    return Wire.json(wire.post("/uploads/" + upload + "/complete", body));
  }

  private static String md5(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
