package dev.finetune4j.dataset.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a record once it has been looked at by itself.
 *
 * @param line its line
 * @param blank whether there was nothing on the line
 * @param findings what is wrong with it
 * @param digest what it is compared by, null if it could not be read
 * @param tokens its tokens, 0 if they are not counted
 * @param members the names of its members for graders, null for other kinds of example
 */
record CheckedRecord(
    long line,
    boolean blank,
    List<Finding> findings,
    @Nullable Digest digest,
    long tokens,
    @Nullable String members) {

  /** What one example is compared by. */
  static final class Digest {
    private final ExampleDigest.Hashes hashes;
    private final long @Nullable [] signature;
    private final long @Nullable [] prompt;

    Digest(ExampleDigest.Hashes hashes, long @Nullable [] signature, long @Nullable [] prompt) {
      this.hashes = hashes;
      this.signature = signature;
      this.prompt = prompt;
    }

    ExampleDigest.Hashes hashes() {
      return hashes;
    }

    /** Returns the signature of the whole example, null if it has too few words. */
    long @Nullable [] signature() {
      return signature;
    }

    /** Returns the signature of the prompt, null if it has too few words or is not asked for. */
    long @Nullable [] prompt() {
      return prompt;
    }
  }
}
