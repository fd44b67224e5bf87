package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.StoredContent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An uploaded file of the simulated service. */
record SimulatedFile(
    String id,
    String filename,
    String purpose,
    StoredContent content,
    Instant createdAt,
    Instant readyAt,
    @Nullable Instant expiresAt) {

  boolean isReady(Instant now) {
    return !now.isBefore(readyAt);
  }

  boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  JsonObject toJson(Dialect dialect, Instant now) {
    JsonObject json =
        JsonObject.empty()
            .put("object", "file")
            .put("id", id)
            .put("purpose", purpose)
            .put("filename", filename)
            .put("bytes", content.size())
            .put("created_at", createdAt.getEpochSecond())
            .put("status", isReady(now) ? "processed" : dialect.freshFileWord());
    if (expiresAt != null) {
      json.put("expires_at", expiresAt.getEpochSecond());
    }
    return json;
  }
}
