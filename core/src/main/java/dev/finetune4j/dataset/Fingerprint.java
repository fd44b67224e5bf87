package dev.finetune4j.dataset;

/**
 * The SHA-256 over the canonical content of a data set: the same examples in the same order give
 * the same fingerprint, whatever the format, name or place of the file.
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

  /** Returns the first 12 digits: enough for a person, and for a file name. */
  public String shortForm() {
    return value.substring(0, 12);
  }

  @Override
  public String toString() {
    return value;
  }
}
