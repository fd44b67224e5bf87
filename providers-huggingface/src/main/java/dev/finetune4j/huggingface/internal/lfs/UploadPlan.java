package dev.finetune4j.huggingface.internal.lfs;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the Hub wants a large file to be uploaded.
 *
 * @param href the URL for the whole file, or for completing a multipart upload
 * @param headers the headers for the whole file
 * @param partBytes the size of each part but the last; 0 for one piece
 * @param parts the URLs of the parts, in order
 * @param verify the URL for verifying the upload
 */
record UploadPlan(
    String href,
    Map<String, String> headers,
    long partBytes,
    List<String> parts,
    Optional<String> verify) {
  private static final String CHUNK = "chunk_size";

  /** Reads one object of a batch response; empty if the file is already stored. */
  static Optional<UploadPlan> of(JsonObject object) {
    return object
        .findObject("actions")
        .flatMap(actions -> actions.findObject("upload").map(upload -> of(upload, actions)));
  }

  private static UploadPlan of(JsonObject upload, JsonObject actions) {
    Map<String, String> headers = new TreeMap<>();
    TreeMap<Integer, String> parts = new TreeMap<>();
    upload
        .findObject("header")
        .ifPresent(
            header ->
                header
                    .asMap()
                    .forEach(
                        (name, value) -> {
                          if (name.matches("\\d{1,9}")) {
                            parts.put(Integer.parseInt(name), String.valueOf(value));
                          } else {
                            headers.put(name, String.valueOf(value));
                          }
                        }));
    String chunk = headers.remove(CHUNK);
    return new UploadPlan(
        upload.requireString("href"),
        headers,
        chunk == null ? 0 : partBytes(chunk),
        List.copyOf(parts.values()),
        actions.findObject("verify").map(verify -> verify.requireString("href")));
  }

  private static long partBytes(String chunk) {
    if (!chunk.matches("[1-9]\\d{0,17}")) {
      throw new JsonSyntaxException(
          "Invalid part size \"" + chunk + "\"; expected a positive number.");
    }
    return Long.parseLong(chunk);
  }

  boolean isInParts() {
    return partBytes > 0;
  }
}
