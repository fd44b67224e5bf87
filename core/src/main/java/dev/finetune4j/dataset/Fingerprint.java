package dev.finetune4j.dataset;

import dev.finetune4j.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * The SHA-256 of the canonical content of a data set: the same examples in the same order have the
 * same fingerprint, regardless of the format, name and location of the file.
 *
 * @param value 64 lower-case hexadecimal digits
 */
public record Fingerprint(String value) {

  /** Checks the form. */
  public Fingerprint {
    if (!value.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("Not a SHA-256 in lower-case hexadecimal: " + value);
    }
  }

  /**
   * Computes the fingerprint of a set: the SHA-256 of each example as one line of JSON in the form
   * of {@link ExampleRecords}, members sorted by name at every level, in UTF-8, each line ended by
   * a line feed. Reads the set once, in constant memory.
   */
  public static Fingerprint of(Dataset<?> dataset) {
    try (Stream<? extends Example> examples = dataset.examples()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      examples.forEachOrdered(
          example -> {
            String line = Json.writeCanonical(ExampleRecords.of(example));
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
          });
      return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** Returns the first 12 digits, for display and for file names. */
  public String shortForm() {
    return value.substring(0, 12);
  }

  @Override
  public String toString() {
    return value;
  }
}
