package dev.finetune4j.simulator;

import java.util.Random;

/** Makes ids as services do: a prefix and random letters. Thread-safe. */
public final class Identifiers {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final Random random;

  /** Makes a source of ids; the same seed gives the same ids in the same order. */
  public Identifiers(long seed) {
    random = new Random(seed);
  }

  /** Returns a new id of a prefix and {@code length} letters and digits. */
  public synchronized String next(String prefix, int length) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < length; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
