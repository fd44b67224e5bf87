package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.StoredContent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file in a repository.
 *
 * @param gitId the git object id of the file, or of its pointer
 * @param sha256 of a large file; null for a small one
 * @param content null where the simulator only hashes
 */
record RepositoryFile(
    String gitId, @Nullable String sha256, long size, @Nullable StoredContent content) {
  private static final int POINTER_BYTES = 134;

  static RepositoryFile small(byte[] bytes) {
    String head = "blob " + bytes.length + "\0";
    return new RepositoryFile(
        Hashes.sha1(head.getBytes(StandardCharsets.UTF_8), bytes),
        null,
        bytes.length,
        StoredContent.of(bytes));
  }

  static RepositoryFile large(String sha256, StoredObject object) {
    byte[] pointer = sha256.getBytes(StandardCharsets.UTF_8);
    return new RepositoryFile(
        Hashes.sha1(pointer, pointer), sha256, object.size(), object.content());
  }

  String contentId() {
    return sha256 == null ? gitId : sha256;
  }

  Map<String, @Nullable Object> toTree(String path) {
    JsonObject json =
        JsonObject.empty()
            .put("type", "file")
            .put("oid", gitId)
            .put("size", size)
            .put("path", path);
    if (sha256 != null) {
      json.put(
          "lfs",
          JsonObject.empty()
              .put("oid", sha256)
              .put("size", size)
              .put("pointerSize", POINTER_BYTES));
    }
    return json.asMap();
  }
}
