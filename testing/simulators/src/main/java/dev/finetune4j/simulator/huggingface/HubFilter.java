package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.time.Duration;
import java.time.Instant;

/** Checks the token and the 5-minute rate window, and adds the common response headers. */
final class HubFilter implements Dispatch.RequestFilter {
  private static final long WINDOW_SECONDS = 300;

  private final HubState state;
  private Instant windowEnd = Instant.MIN;
  private long used;

  HubFilter(HubState state) {
    this.state = state;
  }

  @Override
  public void admit(SimulatedRequest request, String template) throws ErrorResponseException {
    if (request.header("Authorization").isPresent() && !state.isKnown(request)) {
      throw HubErrors.badToken();
    }
    if (!take()) {
      throw new ErrorResponseException(HubErrors.of(429, "We had to rate limit you."));
    }
  }

  private synchronized boolean take() {
    Instant now = state.now();
    if (!now.isBefore(windowEnd)) {
      windowEnd = now.plusSeconds(WINDOW_SECONDS);
      used = 0;
    }
    return used++ < state.settings.requestsPerWindow;
  }

  @Override
  public synchronized SimulatedResponse dress(SimulatedRequest request, SimulatedResponse answer) {
    long limit = state.settings.requestsPerWindow;
    if (limit == Long.MAX_VALUE) {
      return withId(answer);
    }
    long seconds = Math.max(1, Duration.between(state.now(), windowEnd).toSeconds());
    return withId(answer)
        .withHeader("RateLimit", "\"api\";r=" + Math.max(0, limit - used) + ";t=" + seconds)
        .withHeader("RateLimit-Policy", "\"fixed window\";\"api\";q=" + limit + ";w=300");
  }

  private SimulatedResponse withId(SimulatedResponse answer) {
    return answer.withHeader("X-Request-Id", "Root=" + state.ids.next("1-", 24));
  }

  @Override
  public SimulatedResponse notFound(SimulatedRequest request) {
    return HubErrors.of(404, "Sorry, we can't find the page you are looking for.");
  }

  @Override
  public SimulatedResponse unreadable(SimulatedRequest request, RuntimeException cause) {
    return HubErrors.of(400, "The request cannot be read: " + cause);
  }
}
