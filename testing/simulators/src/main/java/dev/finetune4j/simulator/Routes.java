package dev.finetune4j.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The handlers by method and path. Filled before the server starts, read-only afterwards. */
public final class Routes {

  /**
   * A route: its template has {@code {name}} where the path varies, and may end in {@code {name*}},
   * which stands for one segment or more.
   */
  public record Route(String method, String template, Handler handler) {
    private List<String> parts() {
      return List.of(template.substring(1).split("/", -1));
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /** Adds a route; of two that fit a path, the first added answers. */
  public Routes add(String method, String template, Handler handler) {
    routes.add(new Route(method, template, handler));
    return this;
  }

  /** Returns the methods and templates, in order, as {@code GET /files/{file_id}}. */
  public List<String> templates() {
    return routes.stream().map(route -> route.method() + " " + route.template()).toList();
  }

  /**
   * Hands a request to the route of these that has the template under which it is being handled:
   * for a service that looks at a request before another one's route answers it.
   */
  public SimulatedResponse handle(SimulatedRequest request) throws ErrorResponseException {
    for (Route route : routes) {
      if (route.method().equals(request.method()) && route.template().equals(request.template())) {
        return route.handler().handle(request);
      }
    }
    throw new IllegalArgumentException("There is no route " + request.template());
  }

  /** Finds the route of a path below the base and gives the request its variables. */
  Optional<Route> find(SimulatedRequest request, List<String> segments) {
    for (Route route : routes) {
      if (route.method().equals(request.method())) {
        Optional<Map<String, String>> variables = match(route.parts(), segments);
        if (variables.isPresent()) {
          request.bind(route.template(), variables.get());
          return Optional.of(route);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Map<String, String>> match(List<String> parts, List<String> segments) {
    int last = parts.size() - 1;
    if (parts.get(last).endsWith("*}") && segments.size() > last) {
      List<String> folded = new ArrayList<>(segments.subList(0, last));
      folded.add(String.join("/", segments.subList(last, segments.size())));
      return fill(parts, folded);
    }
    return parts.size() == segments.size() ? fill(parts, segments) : Optional.empty();
  }

  private static Optional<Map<String, String>> fill(List<String> parts, List<String> segments) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (part.startsWith("{")) {
        variables.put(part.replaceAll("[{*}]", ""), segments.get(i));
      } else if (!part.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
