package dev.finetune4j.huggingface.hub;

import dev.finetune4j.json.JsonObject;
import java.util.Optional;

/**
 * A file in a repository at one commit.
 *
 * @param path from the root of the repository, with slashes
 * @param bytes its size
 * @param gitId the SHA-1 of git's object: the file itself, or the pointer to a large file
 * @param sha256 the hash of the content of a large file; empty for small files
 */
public record HubFile(String path, long bytes, String gitId, Optional<String> sha256) {

  static HubFile of(JsonObject json) {
    Optional<JsonObject> large = json.findObject("lfs");
    return new HubFile(
        json.requireString("path"),
        large.isPresent() ? large.get().requireLong("size") : json.requireLong("size"),
        json.requireString("oid"),
        large.map(object -> object.requireString("oid")));
  }

  /**
   * Returns the hash that identifies the content: SHA-256 of a large file, or git's SHA-1 of a
   * small one.
   */
  public String contentId() {
    return sha256.orElse(gitId);
  }
}
