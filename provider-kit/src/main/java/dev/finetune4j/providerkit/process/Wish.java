package dev.finetune4j.providerkit.process;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What the library may ask of a child: a file in {@code control/} that stands as long as the wish.
 */
public enum Wish {
  /** Save a checkpoint, write the status {@code paused}, and end with exit code 0. */
  PAUSE,
  /** End for good; the library ends the process if it does not by itself. */
  CANCEL;

  Path file(JobFolder folder) {
    return folder.directory().resolve("control").resolve(name().toLowerCase(Locale.ROOT));
  }
}
