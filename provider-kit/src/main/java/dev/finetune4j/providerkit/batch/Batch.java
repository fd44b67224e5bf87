package dev.finetune4j.providerkit.batch;

import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of a batch. Immutable and thread-safe.
 *
 * @param id the service's id of the batch
 * @param status its status
 * @param inputFile the file with the questions
 * @param outputFile the file with the answers, once there is one
 * @param errorFile the file with the refused questions, once there is one
 * @param problems why the whole batch was refused, empty if it was not
 */
public record Batch(
    String id,
    BatchStatus status,
    String inputFile,
    Optional<String> outputFile,
    Optional<String> errorFile,
    List<String> problems) {

  /** Copies the list. */
  public Batch {
    problems = List.copyOf(problems);
  }

  static Batch of(JsonObject json) {
    List<String> problems = new ArrayList<>();
    if (json.asMap().get("errors") instanceof Map<?, ?> errors) {
      for (JsonObject problem : JsonObject.of(errors).objects("data")) {
        problems.add(
            problem.findLong("line").isPresent()
                ? "line " + problem.requireLong("line") + ": " + problem.asMap().get("message")
                : String.valueOf(problem.asMap().get("message")));
      }
    }
    return new Batch(
        json.requireString("id"),
        BatchStatus.of(json.findString("status").orElse("")),
        json.findString("input_file_id").orElse(""),
        json.findString("output_file_id"),
        json.findString("error_file_id"),
        problems);
  }
}
