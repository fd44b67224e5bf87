package dev.finetune4j.providerkit.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Wraps a command so that what a terminal sends to the application's process group (Ctrl-C, its own
 * end) does not end the child: a job outlives its application. Stateless.
 */
final class DetachedCommand {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Path SHELL = Path.of("/bin/sh");

  private DetachedCommand() {}

  /** Returns the command to run in place of {@code command}; the process keeps its number. */
  static List<String> of(List<String> command) {
    List<String> detached = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      detached.add(SETSID.toString());
    } else if (Files.isExecutable(SHELL)) {
      // A signal that is ignored stays so in what the shell becomes.
      detached.addAll(List.of(SHELL.toString(), "-c", "trap '' INT HUP; exec \"$@\"", "child"));
    }
    detached.addAll(command);
    return detached;
  }
}
