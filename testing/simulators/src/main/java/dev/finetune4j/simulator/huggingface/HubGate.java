package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.Answer;
import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.Refusal;
import dev.finetune4j.simulator.SimulatedRequest;
import java.time.Duration;
import java.time.Instant;

/** Tokens and the window of 5 minutes before every route, and the headers of every answer. */
final class HubGate implements Dispatch.Gate {
  private static final long WINDOW_SECONDS = 300;

  private final HubState state;
  private Instant windowEnd = Instant.MIN;
  private long used;

  HubGate(HubState state) {
    this.state = state;
  }

  @Override
  public void admit(SimulatedRequest request, String template) throws Refusal {
    if (request.header("Authorization").isPresent() && !state.isKnown(request)) {
      throw HubErrors.badToken();
    }
    if (!take()) {
      throw new Refusal(HubErrors.of(429, "We had to rate limit you."));
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
  public synchronized Answer dress(SimulatedRequest request, Answer answer) {
    long limit = state.settings.requestsPerWindow;
    if (limit == Long.MAX_VALUE) {
      return withId(answer);
    }
    long seconds = Math.max(1, Duration.between(state.now(), windowEnd).toSeconds());
    return withId(answer)
        .withHeader("RateLimit", "\"api\";r=" + Math.max(0, limit - used) + ";t=" + seconds)
        .withHeader("RateLimit-Policy", "\"fixed window\";\"api\";q=" + limit + ";w=300");
  }

  private Answer withId(Answer answer) {
    return answer.withHeader("X-Request-Id", "Root=" + state.ids.next("1-", 24));
  }

  @Override
  public Answer notFound(SimulatedRequest request) {
    return HubErrors.of(404, "Sorry, we can't find the page you are looking for.");
  }

  @Override
  public Answer unreadable(SimulatedRequest request, RuntimeException cause) {
    return HubErrors.of(400, "The request cannot be read: " + cause);
  }
}
