package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.ListPage;
import dev.finetune4j.simulator.StoredContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The progress of a batch: answered requests and the output files. */
final class BatchRun {

  /** Who answers one request. */
  interface Answering {
    JsonObject answer(JsonObject body) throws ErrorResponseException;

    /** Returns whether a batch may name the model; one that may not fails before it starts. */
    default boolean takes(String model) {
      return true;
    }
  }

  private final State state;
  private final List<BatchLine> lines;
  private final Answering answering;
  private final List<String> output = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private int next;
  private int completed;
  private int failed;
  private @Nullable String outputFile;
  private @Nullable String errorFile;

  BatchRun(State state, List<BatchLine> lines, Answering answering) {
    this.state = state;
    this.lines = lines;
    this.answering = answering;
  }

  /** Answers requests until this share of all is done. */
  void answer(double share) {
    long until = Math.round(share * lines.size());
    for (; next < until; next++) {
      BatchLine line = lines.get(next);
      try {
        write(output, line, response(200, answering.answer(line.body()).asMap()), null);
        completed++;
      } catch (ErrorResponseException refusal) {
        Object body = refusal.answer().tree();
        write(errors, line, response(refusal.answer().status(), body), null);
        failed++;
      }
    }
  }

  void expireTheRest() {
    for (; next < lines.size(); next++) {
      Map<String, Object> error =
          Map.of(
              "code", "batch_expired",
              "message",
                  "This request could not be executed before the completion window expired.");
      write(errors, lines.get(next), null, error);
      failed++;
    }
  }

  void keepFiles(Instant at) {
    outputFile = keep(output, "batch_output.jsonl", at);
    errorFile = keep(errors, "batch_errors.jsonl", at);
  }

  @Nullable String outputFile() {
    return outputFile;
  }

  @Nullable String errorFile() {
    return errorFile;
  }

  Map<String, Object> counts(boolean unknown) {
    int total = unknown ? 0 : lines.size();
    return Map.of("total", total, "completed", completed, "failed", failed);
  }

  private @Nullable String keep(List<String> written, String name, Instant at) {
    if (written.isEmpty()) {
      return null;
    }
    // Last first: the service does not keep the order, so callers must not rely on it.
    String text = String.join("\n", ListPage.reversed(written)) + "\n";
    return state.keep(name, "batch_output", StoredContent.of(text), at).id();
  }

  private Object response(int status, @Nullable Object body) {
    return JsonObject.empty()
        .put("status_code", status)
        .put("request_id", state.ids.next("req_", 24))
        .put("body", body)
        .asMap();
  }

  private void write(
      List<String> file, BatchLine line, @Nullable Object response, @Nullable Object error) {
    JsonObject json =
        JsonObject.empty()
            .put("id", state.ids.next("batch_req_", 24))
            .put("custom_id", line.customId())
            .put("response", response)
            .put("error", error);
    file.add(json.toString());
  }
}
