package dev.finetune4j.providerkit.batch;

import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes questions as lines of one or more files within the size limit of the service. The files
 * are temporary; closing deletes them. Not thread-safe.
 */
final class BatchInput implements AutoCloseable {
  private final String url;
  private final int mostRequests;
  private final long mostBytes;
  private final List<Part> parts = new ArrayList<>();

  BatchInput(String url, int mostRequests, long mostBytes) {
    this.url = url;
    this.mostRequests = mostRequests;
    this.mostBytes = mostBytes;
  }

  /** One file, and the ids of the questions in it. */
  record Part(Path file, List<String> ids) {}

  /**
   * Writes all questions.
   *
   * @throws IllegalArgumentException if a single question is larger than a file may be
   */
  List<Part> write(ChatCompletionsModel model, Map<String, ChatRequest> requests) {
    Map<String, byte[]> lines = new LinkedHashMap<>();
    long bytes = 0;
    for (Map.Entry<String, ChatRequest> request : requests.entrySet()) {
      byte[] line = line(model, request.getKey(), request.getValue());
      if (line.length > mostBytes) {
        throw new IllegalArgumentException(
            "Question \""
                + request.getKey()
                + "\" has "
                + line.length
                + " bytes, and "
                + mostBytes
                + " are allowed for a whole batch. Shorten it.");
      }
      if (lines.size() == mostRequests || bytes + line.length > mostBytes) {
        writeFile(lines);
        lines.clear();
        bytes = 0;
      }
      lines.put(request.getKey(), line);
      bytes += line.length;
    }
    if (!lines.isEmpty()) {
      writeFile(lines);
    }
    return List.copyOf(parts);
  }

  private byte[] line(ChatCompletionsModel model, String id, ChatRequest request) {
    String line =
        JsonObject.empty()
            .put("custom_id", id)
            .put("method", "POST")
            .put("url", url)
            .put("body", model.body(request))
            .toString();
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void writeFile(Map<String, byte[]> lines) {
    try {
      Path file = Files.createTempFile("finetune4j-batch-", ".jsonl");
      parts.add(new Part(file, List.copyOf(lines.keySet())));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        for (byte[] line : lines.values()) {
          out.write(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The questions cannot be written to a temporary file.", e);
    }
  }

  @Override
  public void close() {
    for (Part part : parts) {
      try {
        Files.deleteIfExists(part.file());
      } catch (IOException e) {
        throw new UncheckedIOException("A temporary file cannot be deleted.", e);
      }
    }
  }
}
