package dev.finetune4j.providerkit.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The log of a Java child: its standard error, which its parent sends to a file. A child has no
 * logging framework of its own to rely on. Thread-safe.
 */
public final class ChildLog {
  private static final PrintStream STREAM =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

  private ChildLog() {}

  /** Writes a failure with its stack. */
  public static void write(Throwable failure) {
    failure.printStackTrace(STREAM);
  }
}
