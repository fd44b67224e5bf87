package dev.finetune4j.examples.console;

import dev.finetune4j.training.SubmissionKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The submission key of an example's job, kept in its directory: written before anything is sent,
 * so that the example started again finds the job that it made. Stateless.
 */
public final class StoredKey {
  private StoredKey() {}

  /** Returns the key in {@code directory}, making one the first time. */
  public static SubmissionKey in(Path directory) {
    Path file = directory.resolve("submission-key.txt");
    try {
      if (Files.exists(file)) {
        return new SubmissionKey(Files.readString(file).strip());
      }
      Files.createDirectories(directory);
      SubmissionKey key = SubmissionKey.random();
      Files.writeString(file, key.value());
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("The key cannot be kept in " + file + ".", e);
    }
  }
}
