package dev.finetune4j.baseline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A piece of a corpus, short enough to be shown to a model.
 *
 * @param id its source, for example a file, a page or a number; unique in its corpus
 * @param text what is shown
 */
public record Passage(String id, String text) {

  /**
   * Returns the SHA-256 of passages in their order, in hexadecimal; for {@link Retriever#version}.
   */
  public static String hash(List<Passage> passages) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Passage passage : passages) {
        for (String part : List.of(passage.id(), passage.text())) {
          byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
          digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
          digest.update(bytes);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
