package dev.finetune4j.providerkit.process;

import java.util.OptionalInt;
import java.util.Set;

/** The meaning of a child's exit code. Stateless. */
public final class ExitCode {
  /** The child ended as it meant to; its state says how. */
  public static final int DONE = 0;

  /** A JVM's heap is exhausted; {@code -XX:+ExitOnOutOfMemoryError} ends with the same. */
  public static final int HEAP = 3;

  /** The child failed in a way that would come again: it is not started anew. */
  public static final int HOPELESS = 70;

  /** The child could not read or write its files: the disk is full, or may not be written. */
  public static final int DISK = 74;

  /** The child received no start signal and has changed nothing. */
  public static final int NOT_STARTED = 75;

  private static final int SIGNAL_BASE = 128;

  private ExitCode() {}

  static boolean isWorthAnotherTry(OptionalInt code) {
    return code.isEmpty() || !Set.of(HEAP, HOPELESS, DISK).contains(code.getAsInt());
  }

  /** Returns the end of a child in words for a person. */
  static String describe(OptionalInt code) {
    if (code.isEmpty()) {
      return "its process no longer exists, and another application started it, so that its"
          + " exit code is not known";
    }
    return switch (code.getAsInt()) {
      case DONE -> "it ended without saying how";
      case HEAP -> "exit code 3: its heap is exhausted, give it a larger one and resume the job";
      case HOPELESS -> "exit code 70: it gave up";
      case DISK ->
          "exit code 74: it could not read or write its files, mostly because the disk is full; make"
              + " room, then resume the job";
      case SIGNAL_BASE + 4 -> "killed by signal 4 (SIGILL): native code for another processor";
      case SIGNAL_BASE + 6 -> "killed by signal 6 (SIGABRT): native code gave up";
      case SIGNAL_BASE + 7 ->
          "killed by signal 7 (SIGBUS): a fault in native code, or the disk is full";
      case SIGNAL_BASE + 9 ->
          "killed by signal 9 (SIGKILL): by a person or program, or by the system because memory ran out";
      case SIGNAL_BASE + 11 -> "killed by signal 11 (SIGSEGV): a fault in native code";
      case SIGNAL_BASE + 15 -> "killed by signal 15 (SIGTERM): asked to end";
      default ->
          code.getAsInt() > SIGNAL_BASE && code.getAsInt() < SIGNAL_BASE + 65
              ? "killed by signal " + (code.getAsInt() - SIGNAL_BASE)
              : "exit code " + code.getAsInt();
    };
  }
}
