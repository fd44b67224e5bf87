package dev.finetune4j.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  private final FakeClock time = new FakeClock();
  private SimulatedOpenAi openAi = start(Duration.ofMinutes(10));
  private Wire wire = new Wire(openAi);

  private SimulatedOpenAi start(Duration batch) {
    return SimulatedOpenAi.builder()
        .time(time)
        .durations(SimulatedDurations.standard().withBatch(batch))
        .answering(question -> "re: " + question.prompt())
        .start();
  }

  @AfterEach
  void close() {
    openAi.close();
  }

  @Test
  void aBatchGoesThroughItsStatesAndAnswersEveryLine() throws Exception {
    String id = create(lines(4, "gpt-4.1"));

    List<String> seen = new ArrayList<>();
    for (int seconds : new int[] {0, 60, 531, 10}) {
      time.advance(Duration.ofSeconds(seconds));
      seen.add(fetch(id).requireString("status"));
    }
    String output = content(fetch(id).requireString("output_file_id"));

    assertThat(seen).containsExactly("validating", "in_progress", "finalizing", "completed");
    assertThat(output.lines()).hasSize(4);
    assertThat(output).startsWith("{\"id\":\"batch_req_").contains("\"custom_id\":\"row-3\"");
    assertThat(output).contains("re: question 2");
  }

  @Test
  void aBatchThatIsTooSlowExpiresWithWhatItHas() throws Exception {
    openAi.close();
    openAi = start(Duration.ofDays(2));
    wire = new Wire(openAi);
    String id = create(lines(10, "gpt-4.1"));

    time.advance(Duration.ofHours(24));
    JsonObject batch = fetch(id);

    assertThat(batch.requireString("status")).isEqualTo("expired");
    assertThat(content(batch.requireString("output_file_id")).lines()).hasSize(5);
    assertThat(content(batch.requireString("error_file_id")).lines())
        .hasSize(5)
        .allMatch(line -> line.contains("batch_expired"));
  }

  @Test
  void aCancelledBatchKeepsWhatWasAnswered() throws Exception {
    String id = create(lines(10, "gpt-4.1"));

    time.advance(Duration.ofMinutes(5));
    String cancelling =
        Wire.json(wire.post("/batches/" + id + "/cancel", "")).requireString("status");
    time.advance(Duration.ofMinutes(1));
    JsonObject batch = fetch(id);

    assertThat(cancelling).isEqualTo("cancelling");
    assertThat(batch.requireString("status")).isEqualTo("cancelled");
    assertThat(content(batch.requireString("output_file_id")).lines()).hasSize(5);
    assertThat(wire.post("/batches/" + id + "/cancel", "").statusCode()).isEqualTo(400);
  }

  @Test
  void aRequestThatTheServiceRefusesIsInTheErrorFile() throws Exception {
    String id = create(lines(2, "gpt-nothing"));

    time.advance(Duration.ofMinutes(10));
    JsonObject batch = fetch(id);

    assertThat(batch.requireObject("request_counts").requireLong("failed")).isEqualTo(2);
    assertThat(batch.findString("output_file_id")).isEmpty();
    assertThat(content(batch.requireString("error_file_id"))).contains("model_not_found");
  }

  @Test
  void linesThatAreNotAsDocumentedFailTheWholeBatch() throws Exception {
    String line = lines(1, "gpt-4.1");
    String id = create(line + "\n" + line + "\nno JSON\n" + lines(1, "gpt-4o"));

    time.advance(Duration.ofMinutes(1));
    JsonObject batch = fetch(id);

    assertThat(batch.requireString("status")).isEqualTo("failed");
    assertThat(batch.requireObject("errors").objects("data"))
        .extracting(error -> error.requireString("code"))
        .contains("duplicate_custom_id", "invalid_json_line");
  }

  private String create(String content) throws Exception {
    String file =
        Wire.json(wire.upload("/files", "purpose=batch", "b.jsonl", content)).requireString("id");
    String body =
        "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}"
            .formatted(file);
    return Wire.json(wire.post("/batches", body)).requireString("id");
  }

  private JsonObject fetch(String id) throws Exception {
    return Wire.json(wire.get("/batches/" + id));
  }

  private String content(String file) throws Exception {
    return wire.get("/files/" + file + "/content").body();
  }

  private static String lines(int count, String model) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                ("{\"custom_id\":\"row-%d\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                        + "\"body\":{\"model\":\"%s\",\"messages\":"
                        + "[{\"role\":\"user\",\"content\":\"question %d\"}]}}")
                    .formatted(i, model, i))
        .collect(Collectors.joining("\n"));
  }
}
