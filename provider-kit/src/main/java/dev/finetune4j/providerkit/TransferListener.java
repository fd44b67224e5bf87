package dev.finetune4j.providerkit;

/**
 * Receives the progress of an upload or a download. Called on the thread that moves the bytes,
 * after each 64 KiB or so; what it throws ends the transfer. Parts that travel at once call it at
 * once, so it must be thread-safe.
 */
@FunctionalInterface
public interface TransferListener {

  /** A listener that does nothing. */
  TransferListener NONE = (moved, total) -> {};

  /**
   * Some bytes have moved.
   *
   * @param movedBytes how many so far; falls back where a request is sent again
   * @param totalBytes the total number, or -1 if it is unknown
   */
  void moved(long movedBytes, long totalBytes);
}
