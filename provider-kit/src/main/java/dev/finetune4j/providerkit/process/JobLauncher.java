package dev.finetune4j.providerkit.process;

import java.io.IOException;

/** Supplies the command of the child for a job folder. Thread-safe. */
@FunctionalInterface
public interface JobLauncher {

  /**
   * Returns the command and the environment of the child for this folder; its working directory and
   * its streams are set afterwards. The child reads one line from its standard input before it
   * touches the folder, and ends at once if that line is not {@code start}.
   *
   * @throws IOException if the command cannot be prepared
   */
  ProcessBuilder command(JobFolder folder) throws IOException;
}
