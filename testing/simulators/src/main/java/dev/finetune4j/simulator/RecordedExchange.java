package dev.finetune4j.simulator;

import java.util.Map;
import java.util.Optional;

/**
 * A request that a simulator received and its response. Immutable and thread-safe.
 *
 * <p>{@link #toString} shows neither headers nor bodies, which may hold keys.
 */
public final class RecordedExchange {
  private static final long KEPT_BYTES = 1 << 20;

  private final String method;
  private final String path;
  private final String rawQuery;
  private final String template;
  private final Map<String, String> requestHeaders;
  private final String requestBody;
  private final SimulatedResponse answer;
  private final Delivery.Way way;

  private RecordedExchange(SimulatedRequest request, String template, Delivery delivery) {
    this.method = request.method();
    this.path = request.path();
    this.rawQuery = request.rawQuery();
    this.template = template;
    this.requestHeaders = request.headers();
    String text =
        request.readForm().map(form -> form.toJson().toString()).orElse(request.readText());
    this.requestBody = text.length() > KEPT_BYTES ? "" : text;
    this.answer = delivery.answer();
    this.way = delivery.way();
  }

  static RecordedExchange of(SimulatedRequest request, String template, Delivery delivery) {
    return new RecordedExchange(request, template, delivery);
  }

  /** Returns the HTTP method. */
  public String method() {
    return method;
  }

  /** Returns the path as it was sent, from the root of the server. */
  public String path() {
    return path;
  }

  /** Returns the query as it was sent; nothing if there was none. */
  public String query() {
    return rawQuery;
  }

  /** Returns the route's path below the base, with its variables named; nothing if none fitted. */
  public String template() {
    return template;
  }

  /** Returns a header of the request, whatever its case. */
  public Optional<String> requestHeader(String name) {
    return Optional.ofNullable(requestHeaders.get(name));
  }

  /**
   * Returns the body of the request; a multipart form as JSON with each file as its name; nothing
   * if it was over 1 MiB or was never read.
   */
  public String requestBody() {
    return requestBody;
  }

  /** Returns the HTTP status of the answer, whether it arrived or not. */
  public int status() {
    return answer.status();
  }

  /** Returns the type of the answer's body. */
  public String answerType() {
    return answer.headers().getOrDefault("Content-Type", "");
  }

  /** Returns the body of the answer; nothing if it is over 1 MiB. */
  public String answerBody() {
    return answer.text(KEPT_BYTES);
  }

  /** Returns what became of the answer on the wire. */
  public Delivery.Way way() {
    return way;
  }

  /** Returns the request line and the status. */
  @Override
  public String toString() {
    String delivered = way == Delivery.Way.WHOLE ? "" : " (" + way + ")";
    return method + " " + path + " -> " + status() + delivered;
  }
}
