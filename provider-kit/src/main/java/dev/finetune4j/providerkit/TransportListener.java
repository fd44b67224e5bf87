package dev.finetune4j.providerkit;

import java.time.Duration;

/**
 * Receives the events of a transport, for metrics and progress: never a body, a header, an id in a
 * path or a query. Called on the thread of the call, so it must be fast and thread-safe; what it
 * throws ends the call.
 */
public interface TransportListener {

  /** A listener that does nothing. */
  TransportListener NONE = new TransportListener() {};

  /** Why a call waits. */
  enum Reason {
    /** The service said that its limit is used up until then. */
    RATE_LIMIT,
    /** The last request failed in a way that another may not. */
    RETRY
  }

  /**
   * A call begins.
   *
   * @param call method and path template, for example {@code GET files/{file}}
   */
  default void callStarted(String call) {}

  /** A request of a call has ended, with an answer or without. */
  default void attemptEnded(AttemptReport report) {}

  /** A call is about to wait before its next request. */
  default void waiting(String call, Duration pause, Reason reason) {}
}
