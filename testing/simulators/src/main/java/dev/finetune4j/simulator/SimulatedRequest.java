package dev.finetune4j.simulator;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as a simulated service sees it. Belongs to the thread of its connection. */
public final class SimulatedRequest {
  private final String method;
  private final String target;
  private final Map<String, String> headers;
  private final InputStream body;
  private final Map<String, String> query;
  private Map<String, String> variables = Map.of();
  private String template = "";
  private @Nullable String text;
  private @Nullable MultipartForm form;

  private SimulatedRequest(
      String method, String target, Map<String, String> headers, InputStream body) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.query = parsed(rawQuery());
  }

  static SimulatedRequest read(
      String method, String target, Map<String, String> headers, InputStream body) {
    return new SimulatedRequest(method, target, headers, body);
  }

  /** Returns the HTTP method. */
  public String method() {
    return method;
  }

  /** Returns the path as it was sent, without the query. */
  public String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** Returns the raw query, or an empty string if there is no query. */
  public String rawQuery() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }

  /** Returns the decoded segments of the path. */
  public List<String> segments() {
    List<String> segments = new ArrayList<>();
    // A plus is a plus in a path; only a query's plus is a space.
    Arrays.stream(path().substring(1).split("/", -1))
        .map(segment -> decode(segment.replace("+", "%2B")))
        .forEach(segments::add);
    return segments;
  }

  /** Returns the parameters of the query, decoded; of several of one name the last. */
  public Map<String, String> query() {
    return query;
  }

  /** Returns one parameter of the query. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** Returns one header, whatever its case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Returns all headers; look them up in any case. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the path segment that matched {@code {name}} of the route. */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The route has no variable " + name);
    }
    return value;
  }

  /** Returns the body as it comes in, to be read once. */
  public InputStream body() {
    return body;
  }

  /** Returns the body as text; read once and kept. */
  public String text() {
    if (text == null) {
      try {
        text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return text;
  }

  /**
   * Returns the body as a JSON object, an empty one if there is no body.
   *
   * @throws dev.finetune4j.json.JsonSyntaxException if it is something else
   */
  public JsonObject json() {
    // Services accept repeated members: the last one counts.
    String text = text();
    return text.isBlank()
        ? JsonObject.empty()
        : Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the body as a multipart form; its files are streamed to {@code store}. */
  public MultipartForm form(ContentStore store) {
    if (form == null) {
      try {
        form = MultipartReader.read(header("Content-Type").orElse(""), body, store);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return form;
  }

  /** Returns the form if the body was read as one. */
  Optional<MultipartForm> readForm() {
    return Optional.ofNullable(form);
  }

  /** Returns the text if the body was read as one. */
  String readText() {
    return text == null ? "" : text;
  }

  /** Returns the template of the route that answers. */
  String template() {
    return template;
  }

  void bind(String route, Map<String, String> found) {
    template = route;
    variables = found;
  }

  private static Map<String, String> parsed(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      } else if (!pair.isEmpty()) {
        query.put(decode(pair), "");
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
