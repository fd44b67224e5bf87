package dev.finetune4j.providerkit;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One request in progress: it can be cancelled, and collects the figures for the report. The thread
 * of the call writes; any thread may cancel.
 */
final class HttpAttempt {
  private final ApiRequest call;
  private final int number;
  private final Duration limit;
  private final int refusals;
  private final long begin = System.nanoTime();
  private volatile okhttp3.@Nullable Call current;
  private volatile boolean cancelled;
  private volatile boolean connected;
  private Credential used = Credential.none();
  private int status;
  private @Nullable Headers headers;
  private volatile long sent;
  private long received;

  /**
   * Starts the clock.
   *
   * @param number which request of the call it is, from 1
   * @param limit the longest time it may take; zero for no limit
   * @param refusals how many earlier requests of the call were rate-limited (429)
   */
  HttpAttempt(ApiRequest call, int number, Duration limit, int refusals) {
    this.call = call;
    this.number = number;
    this.limit = limit;
    this.refusals = refusals;
  }

  ApiRequest call() {
    return call;
  }

  Duration limit() {
    return limit;
  }

  int refusals() {
    return refusals;
  }

  /** Records the request that is in progress; a redirect makes another. */
  void setCall(okhttp3.Call next) {
    current = next;
    if (cancelled) {
      next.cancel();
    }
  }

  /** Records the credential of the request. */
  void authenticatedWith(Credential credential) {
    used = credential;
  }

  Credential credential() {
    return used;
  }

  void cancel() {
    cancelled = true;
    okhttp3.Call now = current;
    if (now != null) {
      now.cancel();
    }
  }

  /** Records that there is a connection: from now on the service may have the request. */
  void connected() {
    connected = true;
  }

  boolean wasConnected() {
    return connected;
  }

  void answered(int code, Headers answer) {
    status = code;
    headers = answer;
  }

  void sent(long bytes) {
    sent = bytes;
  }

  void received(long bytes) {
    received += bytes;
  }

  AttemptReport report() {
    Headers answer = headers;
    return new AttemptReport(
        call.toString(),
        number,
        status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
        Duration.ofNanos(System.nanoTime() - begin),
        answer == null ? Optional.empty() : OpenAiErrorReader.requestId(answer),
        sent,
        received);
  }
}
