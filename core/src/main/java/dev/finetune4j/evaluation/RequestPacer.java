package dev.finetune4j.evaluation;

import dev.finetune4j.inference.RateAllowance;
import dev.finetune4j.inference.RateStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Decides when the next request may be sent, from the limits per minute that the user set and the
 * limits that the service reports with its answers. Used by one thread.
 */
final class RequestPacer {
  private final RateBucket requests;
  private final RateBucket tokens;
  private Instant blockedUntil;
  private long requestsInFlight;
  private long tokensInFlight;

  RequestPacer(OptionalLong requestsPerMinute, OptionalLong tokensPerMinute, Instant now) {
    requests = new RateBucket(requestsPerMinute, now);
    tokens = new RateBucket(tokensPerMinute, now);
    blockedUntil = now;
  }

  /** Returns how long to wait before sending a request of {@code size} tokens; zero for now. */
  Duration pause(long size, Instant now) {
    Duration longest = longer(Duration.between(now, blockedUntil), Duration.ZERO);
    longest = longer(longest, requests.pause(1, now));
    return longer(longest, tokens.pause(size, now));
  }

  /** Records a request that is sent now. */
  void sent(long size, Instant now) {
    requests.take(1, now);
    tokens.take(size, now);
    requestsInFlight++;
    tokensInFlight += size;
  }

  /** Records the end of a request, with the limits that the service reported. */
  void finished(long size, RateStatus reported, Instant now) {
    requestsInFlight--;
    tokensInFlight -= size;
    reported.requests().ifPresent(left -> requests.update(left, requestsInFlight, now));
    reported.tokens().ifPresent(left -> tokens.update(left, tokensInFlight, now));
    if (reported.refusals() > 0) {
      requests.refused(now);
      tokens.refused(now);
    }
  }

  /** Blocks all requests for the time that the service asked to wait. */
  void blockFor(Duration wait, Instant now) {
    Instant end = now.plus(wait);
    blockedUntil = end.isAfter(blockedUntil) ? end : blockedUntil;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /**
   * One limit per minute, refilled evenly over the minute. Figures that the service reports replace
   * the estimate kept here.
   */
  private static final class RateBucket {
    private static final double MINUTE_MILLIS = 60_000;
    // Requests stop below this share, since a service that is asked at "0 left" refuses.
    private static final double RESERVE = 0.01;
    // Until the service reports a limit, a burst takes at most this share of a minute.
    private static final double UNCONFIRMED_BURST = 0.1;
    private static final double SMALLEST_BURST = 1.0 / 60;

    private final double configured;
    private double limit;
    private double capacity;
    private double left;
    private boolean isReported;
    private Instant lastRefill;

    RateBucket(OptionalLong perMinute, Instant now) {
      configured =
          perMinute.isPresent() ? (double) perMinute.getAsLong() : Double.POSITIVE_INFINITY;
      limit = configured;
      capacity = Math.max(1, configured * UNCONFIRMED_BURST);
      left = capacity;
      lastRefill = now;
    }

    /** Returns how long to wait until {@code units} are available. */
    Duration pause(long units, Instant now) {
      if (Double.isInfinite(limit)) {
        return Duration.ZERO;
      }
      refill(now);
      double reserve = Math.min(limit * RESERVE, capacity / 2);
      double missing = Math.min((double) units, capacity - reserve) + reserve - left;
      return missing <= 0
          ? Duration.ZERO
          : Duration.ofMillis((long) Math.ceil(missing / limit * MINUTE_MILLIS));
    }

    void take(long units, Instant now) {
      if (!Double.isInfinite(limit)) {
        refill(now);
        left -= (double) units;
      }
    }

    /**
     * Adopts what the service reports.
     *
     * @param inFlight units of requests still in flight, which the service may not have counted yet
     */
    void update(RateAllowance reported, long inFlight, Instant now) {
      if (reported.limit() <= 0) {
        return;
      }
      refill(now);
      limit = Math.min(configured, (double) reported.limit());
      if (!isReported) {
        isReported = true;
        capacity = Double.isInfinite(configured) ? limit : Math.min(capacity, limit);
        left = capacity;
      }
      capacity = Math.min(capacity, limit);
      double remaining = Math.min(capacity, (double) (reported.remaining() - inFlight));
      left = Double.isInfinite(configured) ? remaining : Math.min(left, remaining);
    }

    /** Halves the burst size after the service refused a request. */
    void refused(Instant now) {
      if (!Double.isInfinite(limit)) {
        refill(now);
        capacity = Math.max(Math.max(1, limit * SMALLEST_BURST), capacity / 2);
        left = Math.min(left, 0);
      }
    }

    private void refill(Instant now) {
      if (!now.isAfter(lastRefill)) {
        return;
      }
      if (!Double.isInfinite(limit)) {
        double millis = (double) Duration.between(lastRefill, now).toMillis();
        left = Math.min(capacity, left + limit * millis / MINUTE_MILLIS);
      }
      lastRefill = now;
    }
  }

  /**
   * How many requests may be in flight: one more for each answer until the first refusal, then one
   * more for each full round, and half as many after a refusal. Used by one thread.
   */
  static final class ConcurrencyWindow {
    private static final double FIRST = 2;

    private final int maximum;
    private double size;
    private boolean isSearching = true;
    private long lastHalving;

    private ConcurrencyWindow(int maximum, double size) {
      this.maximum = maximum;
      this.size = size;
    }

    /** Returns a window that starts at its maximum. */
    static ConcurrencyWindow startingAt(int maximum) {
      return new ConcurrencyWindow(maximum, maximum);
    }

    /** Returns a window that starts small and finds out how much the service accepts. */
    static ConcurrencyWindow upTo(int maximum) {
      return new ConcurrencyWindow(maximum, Math.min(maximum, FIRST));
    }

    int size() {
      return (int) size;
    }

    /** Widens the window after an answer, if the window was full. */
    void answered(int inFlight) {
      if (inFlight + 1 >= size()) {
        size = Math.min(maximum, size + (isSearching ? 1 : 1 / size));
      }
    }

    /**
     * Halves the window after a refusal, unless the refused request was already in flight at the
     * last halving.
     *
     * @param number the sequence number of the refused request
     * @param newest the sequence number of the newest request
     */
    void refused(long number, long newest) {
      isSearching = false;
      if (number > lastHalving) {
        lastHalving = newest;
        size = Math.max(1, size / 2);
      }
    }
  }
}
