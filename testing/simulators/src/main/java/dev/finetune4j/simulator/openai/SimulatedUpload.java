package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.StoredContent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file that is uploaded in parts. Guarded by the state. */
final class SimulatedUpload {
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** What the caller announced. */
  record Announced(String filename, String purpose, long bytes, @Nullable Duration expiry) {}

  final String id;
  final Announced announced;
  final Map<String, StoredContent> parts = new LinkedHashMap<>();
  private final Instant createdAt;
  private String status = "pending";
  private @Nullable SimulatedFile file;

  SimulatedUpload(String id, Announced announced, Instant createdAt) {
    this.id = id;
    this.announced = announced;
    this.createdAt = createdAt;
  }

  void complete(SimulatedFile made) {
    status = "completed";
    file = made;
    parts.clear();
  }

  void cancel() {
    status = "cancelled";
    parts.clear();
  }

  String status(Instant now) {
    boolean late = status.equals("pending") && !now.isBefore(createdAt.plus(LIFETIME));
    return late ? "expired" : status;
  }

  JsonObject toJson(Dialect dialect, Instant now) {
    JsonObject json =
        JsonObject.empty()
            .put("id", id)
            .put("object", "upload")
            .put("bytes", announced.bytes())
            .put("created_at", createdAt.getEpochSecond())
            .put("filename", announced.filename())
            .put("purpose", announced.purpose())
            .put("status", status(now))
            .put("expires_at", createdAt.plus(LIFETIME).getEpochSecond());
    if (file != null) {
      json.put("file", file.toJson(dialect, now));
    }
    return json;
  }
}
