package dev.finetune4j.providerkit.process;

import java.nio.file.Path;
import java.util.Locale;

/** A command to a child: a file in {@code control/} that exists as long as the command is valid. */
public enum JobCommand {
  /** Save a checkpoint, write the status {@code paused}, and end with exit code 0. */
  PAUSE,
  /** End; the library kills the process if it does not end in time. */
  CANCEL;

  Path file(JobFolder folder) {
    return folder.directory().resolve("control").resolve(name().toLowerCase(Locale.ROOT));
  }
}
