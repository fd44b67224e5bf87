package dev.finetune4j.providerkit.file;

import java.util.Locale;

/** The processing status of an uploaded file. */
public enum FileStatus {
  /** It is being read and checked; a job that names it may be refused. */
  PENDING,
  /** It can be used. */
  PROCESSED,
  /** It was refused; its details say why. */
  ERROR,
  /** Deleted, or being deleted. */
  DELETED,
  /** The service said a word that this version does not know. */
  UNRECOGNIZED;

  /** Returns what a word of the service means; none at all means that nothing is to be awaited. */
  static FileStatus of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "", "processed" -> PROCESSED;
      case "uploaded", "pending", "running", "notrunning" -> PENDING;
      case "error", "failed" -> ERROR;
      case "deleting", "deleted" -> DELETED;
      default -> UNRECOGNIZED;
    };
  }
}
