package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.StoredContent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A large file that is uploaded in parts. Guarded by the monitor of the state. */
final class MultipartObject {
  final String sha256;
  final long size;
  private final TreeMap<Integer, StoredPart> parts = new TreeMap<>();
  private final TreeMap<Integer, StoredContent> contents = new TreeMap<>();

  MultipartObject(String sha256, long size) {
    this.sha256 = sha256;
    this.size = size;
  }

  void put(int number, StoredPart part, @Nullable StoredContent content) {
    parts.put(number, part);
    if (content != null) {
      contents.put(number, content);
    }
  }

  long arrived() {
    return parts.values().stream().mapToLong(StoredPart::bytes).sum();
  }

  boolean hasParts(List<String> tags) {
    List<String> own = parts.values().stream().map(part -> tag(part)).toList();
    return own.equals(tags);
  }

  static String tag(StoredPart part) {
    return "\"" + part.sha256().substring(0, 32) + "\"";
  }

  StoredObject whole() {
    StoredContent content =
        contents.isEmpty() ? null : StoredContent.joined(new ArrayList<>(contents.values()));
    return new StoredObject(size, content, List.copyOf(parts.values()));
  }
}
