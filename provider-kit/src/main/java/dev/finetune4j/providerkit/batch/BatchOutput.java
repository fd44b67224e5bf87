package dev.finetune4j.providerkit.batch;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.providerkit.TransferListener;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.providerkit.file.FileOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads output files of batches; the order of the lines does not matter. */
final class BatchOutput {
  private final FileOperations files;

  BatchOutput(FileOperations files) {
    this.files = files;
  }

  /** Puts the answers of a file under the ids of their questions. */
  void read(String fileId, Map<String, BatchAnswer> answers) {
    Path copy = null;
    try {
      copy = Files.createTempFile("finetune4j-answers-", ".jsonl");
      files.download(fileId, copy, TransferListener.NONE);
      try (Stream<String> lines = Files.lines(copy)) {
        lines.filter(line -> !line.isBlank()).forEach(line -> put(line, answers));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The answers cannot be kept in a temporary file.", e);
    } finally {
      delete(copy);
    }
  }

  private static void put(String line, Map<String, BatchAnswer> answers) {
    JsonObject json = Json.parseObject(line);
    answers.put(json.requireString("custom_id"), answer(json));
  }

  private static BatchAnswer answer(JsonObject line) {
    if (line.asMap().get("response") instanceof Map<?, ?> map) {
      JsonObject response = JsonObject.of(map);
      JsonObject body = response.findObject("body").orElse(JsonObject.empty());
      long status = response.findLong("status_code").orElse(200);
      if (status >= 200 && status < 300) {
        try {
          return new BatchAnswer.Answered(ChatCompletionsModel.read(body));
        } catch (JsonSyntaxException e) {
          return new BatchAnswer.Failed("unreadable", String.valueOf(e.getMessage()));
        }
      }
      return failed(body.findObject("error").orElse(body), String.valueOf(status));
    }
    return failed(line.findObject("error").orElse(JsonObject.empty()), "unknown");
  }

  private static BatchAnswer failed(JsonObject error, String otherwise) {
    Object code = error.asMap().get("code");
    Object message = error.asMap().get("message");
    return new BatchAnswer.Failed(
        code == null ? otherwise : String.valueOf(code),
        message == null ? "no explanation" : String.valueOf(message));
  }

  private static void delete(@Nullable Path copy) {
    if (copy != null) {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException e) {
        throw new UncheckedIOException("A temporary file cannot be deleted.", e);
      }
    }
  }
}
