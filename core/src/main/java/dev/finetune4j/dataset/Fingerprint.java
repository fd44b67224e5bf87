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
    Builder builder = new Builder();
    try (Stream<? extends Example> examples = dataset.examples()) {
      examples.forEachOrdered(builder::add);
    }
    return builder.build();
  }

  /** Returns the example as it enters a fingerprint: one line of JSON with its line feed. */
  public static byte[] canonicalLine(Example example) {
    String line = Json.writeCanonical(ExampleRecords.of(example)) + "\n";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the first 12 digits, for display and for file names. */
  public String shortForm() {
    return value.substring(0, 12);
  }

  @Override
  public String toString() {
    return value;
  }

  /** Computes a fingerprint from examples in their order, in constant memory. Not thread-safe. */
  public static final class Builder {
    private final MessageDigest digest;

    /** Starts with no example. */
    public Builder() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java platform has SHA-256.", e);
      }
    }

    /** Adds an example. */
    public void add(Example example) {
      addLines(canonicalLine(example));
    }

    /** Adds any number of examples, each as a {@link #canonicalLine}, one after the other. */
    public void addLines(byte[] canonicalLines) {
      digest.update(canonicalLines);
    }

    /** Returns the fingerprint; the builder starts again with no example. */
    public Fingerprint build() {
      return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    }
  }
}
