package dev.finetune4j.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The faults that a simulator injects, by route. Thread-safe; may be changed at any time.
 *
 * <pre>{@code
 * openAi.faults().next("POST /fine_tuning/jobs", Fault.lostAnswer());
 * openAi.faults().chance("GET *", 0.1, Fault.answer(OpenAiErrors.status(503)));
 * }</pre>
 *
 * <p>A route is the method and the path below the base URL, with {@code {}} for each variable part,
 * as in {@code GET /fine_tuning/jobs/{}/events}; {@code GET *} is every route of a method and
 * {@code *} every route at all. Planned single faults come before chances.
 */
public final class Faults {
  private record Planned(String route, Fault fault) {}

  private record Chance(String route, double probability, Fault fault) {}

  private final List<Planned> planned = new ArrayList<>();
  private final List<Chance> chances = new ArrayList<>();
  private final Random random;
  private long raised;

  /** Makes an empty plan; {@code seed} decides when chances strike. */
  public Faults(long seed) {
    random = new Random(seed);
  }

  /** Plans a fault for the next request on a route that has none planned before it. */
  public synchronized Faults next(String route, Fault fault) {
    planned.add(new Planned(pattern(route), fault));
    return this;
  }

  /** Plans the same fault for the next {@code times} requests on a route. */
  public synchronized Faults next(String route, int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      next(route, fault);
    }
    return this;
  }

  /** Lets a fault strike each request on a route with this probability, 1 for always. */
  public synchronized Faults chance(String route, double probability, Fault fault) {
    chances.add(new Chance(pattern(route), probability, fault));
    return this;
  }

  /** Forgets all that is planned. */
  public synchronized void clear() {
    planned.clear();
    chances.clear();
  }

  /** Returns how many faults have struck. */
  public synchronized long raised() {
    return raised;
  }

  synchronized Optional<Fault> take(String method, String template) {
    String route = pattern(method + " " + template);
    for (int i = 0; i < planned.size(); i++) {
      if (fits(planned.get(i).route(), method, route)) {
        raised++;
        return Optional.of(planned.remove(i).fault());
      }
    }
    for (Chance chance : chances) {
      if (fits(chance.route(), method, route) && random.nextDouble() < chance.probability()) {
        raised++;
        return Optional.of(chance.fault());
      }
    }
    return Optional.empty();
  }

  private static boolean fits(String pattern, String method, String route) {
    return pattern.equals("*") || pattern.equals(method + " *") || pattern.equals(route);
  }

  private static String pattern(String route) {
    return route.replaceAll("\\{[^}]*\\}", "{}");
  }
}
