package dev.finetune4j.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Handles each request: faults, filter, route, recording. Thread-safe; handlers are called from
 * several threads at once and guard their own state.
 */
public final class Dispatch implements SimulatedService {

  /** Runs before all routes of a service: keys, limits, and the headers of every answer. */
  public interface RequestFilter {
    /** Lets the request through, or throws. */
    void admit(SimulatedRequest request, String template) throws ErrorResponseException;

    /** Puts on the answer what every answer carries. */
    SimulatedResponse dress(SimulatedRequest request, SimulatedResponse answer);

    /** Returns the answer for a path that no route has. */
    SimulatedResponse notFound(SimulatedRequest request);

    /** Returns the answer for a body that cannot be read. */
    SimulatedResponse unreadable(SimulatedRequest request, RuntimeException cause);
  }

  private static final int KEPT_EXCHANGES = 10_000;

  private final List<String> base;
  private final Routes routes;
  private final RequestFilter gate;
  private final Faults faults;
  private final Deque<RecordedExchange> exchanges = new ArrayDeque<>();
  private long served;

  /**
   * Makes the way.
   *
   * @param base the segments of the path before those of the routes, {@code ["v1"]}
   */
  public Dispatch(List<String> base, Routes routes, RequestFilter gate, Faults faults) {
    this.base = List.copyOf(base);
    this.routes = routes;
    this.gate = gate;
    this.faults = faults;
  }

  /** Returns how many requests were served. */
  public long served() {
    synchronized (exchanges) {
      return served;
    }
  }

  /** Returns the newest 10,000 exchanges, in the order in which the answers were ready. */
  public List<RecordedExchange> exchanges() {
    synchronized (exchanges) {
      return List.copyOf(exchanges);
    }
  }

  @Override
  public Delivery serve(SimulatedRequest request) {
    List<String> segments = request.segments();
    boolean below = segments.size() >= base.size() && segments.subList(0, base.size()).equals(base);
    Optional<Routes.Route> route =
        below
            ? routes.find(request, segments.subList(base.size(), segments.size()))
            : Optional.empty();
    String template = route.map(Routes.Route::template).orElse("");
    Optional<Fault> fault = faults.take(request.method(), template);
    Delivery delivery;
    if (fault.isPresent() && !fault.get().isHandled()) {
      delivery = fault.get().deliver(gate.notFound(request));
    } else {
      SimulatedResponse answer = handle(request, route, template);
      delivery = fault.map(found -> found.deliver(answer)).orElse(Delivery.whole(answer));
    }
    Delivery dressed =
        new Delivery(gate.dress(request, delivery.answer()), delivery.way(), delivery.amount());
    synchronized (exchanges) {
      served++;
      exchanges.add(RecordedExchange.of(request, template, dressed));
      if (exchanges.size() > KEPT_EXCHANGES) {
        exchanges.remove();
      }
    }
    return dressed;
  }

  private SimulatedResponse handle(
      SimulatedRequest request, Optional<Routes.Route> route, String template) {
    try {
      gate.admit(request, template);
      return route.isPresent() ? route.get().handler().handle(request) : gate.notFound(request);
    } catch (ErrorResponseException refusal) {
      return refusal.answer();
    } catch (RuntimeException unreadable) {
      return gate.unreadable(request, unreadable);
    }
  }
}
