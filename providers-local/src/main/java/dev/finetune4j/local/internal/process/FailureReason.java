package dev.finetune4j.local.internal.process;

import java.io.IOException;

/** Says in words why a training ended, and what to do about it. Stateless. */
final class FailureReason {
  private static final long MEBIBYTE = 1 << 20;

  private FailureReason() {}

  static String of(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof OutOfMemoryError) {
      return "The heap of the trainer ran out (it may take "
          + Runtime.getRuntime().maxMemory() / MEBIBYTE
          + " MiB). Give the provider a larger maximumHeap, or train with a smaller batch.";
    } else if (message.contains("bad_alloc") || message.contains("allocate memory")) {
      return "The memory of this machine ran out: "
          + firstLine(message)
          + ". Train with a smaller batch, shorter sequences or fewer workers.";
    } else if (failure instanceof IllegalArgumentException) {
      return "The request does not fit the model: " + message + ".";
    } else if (failure instanceof IOException) {
      return "A file could not be read or written: "
          + message
          + ". Look at the free space and the permissions, then resume the job.";
    }
    return "The trainer failed: "
        + failure.getClass().getSimpleName()
        + ": "
        + firstLine(message)
        + ". The log has the whole of it.";
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
