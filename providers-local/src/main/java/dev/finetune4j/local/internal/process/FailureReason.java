package dev.finetune4j.local.internal.process;

import dev.finetune4j.json.JsonSyntaxException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes why training failed and what to do about it. Stateless. */
final class FailureReason {
  private static final long MEBIBYTE = 1 << 20;

  // The words of Linux and macOS, of Windows, of a quota, and of a limit on the size of files.
  private static final List<String> FULL =
      List.of("No space left", "not enough space", "quota exceeded", "File too large");

  private FailureReason() {}

  static String of(Throwable failure) {
    @Nullable OutOfMemoryError heap = find(failure, OutOfMemoryError.class);
    String message = String.valueOf(failure.getMessage());
    if (heap != null) {
      return "The heap of the trainer ran out (it may take "
          + Runtime.getRuntime().maxMemory() / MEBIBYTE
          + " MiB). Give the provider a larger maximumHeap, or train on shorter or fewer examples,"
          + " then resume the job.";
    } else if (message.contains("bad_alloc") || message.contains("allocate memory")) {
      return "The memory of this machine ran out: "
          + firstLine(message)
          + ". Resume the job once there is more, or train with a smaller batch, shorter sequences or"
          + " fewer workers.";
    } else if (failure instanceof IllegalArgumentException
        || failure instanceof JsonSyntaxException) {
      return "The request does not fit the model: " + message + ".";
    } else if (failure instanceof IOException) {
      return FULL.stream().anyMatch(message::contains)
          ? "The disk is full: " + message + ". Make room, then resume the job."
          : "A file could not be read or written: "
              + message
              + ". Look at the free space and the permissions, then resume the job.";
    } else if (failure instanceof LinkageError) {
      return "The native libraries could not be loaded: "
          + firstLine(message)
          + ". Look whether there are any for this platform, and at the space in the home folder.";
    }
    return "The trainer failed: "
        + failure.getClass().getSimpleName()
        + ": "
        + firstLine(message)
        + ". The log has the whole of it.";
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> kind) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return kind.cast(each);
      }
    }
    return null;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
