package dev.finetune4j.simulator;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response of a simulated service: status, headers, body. Immutable and thread-safe. */
public final class SimulatedResponse {
  private final int status;
  private final Map<String, String> headers;
  private final @Nullable Object tree;
  private final List<StoredContent> pieces;

  private SimulatedResponse(
      int status, Map<String, String> headers, @Nullable Object tree, List<StoredContent> pieces) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.tree = tree;
    this.pieces = List.copyOf(pieces);
  }

  /** Makes an answer of status 200 with a JSON body. */
  public static SimulatedResponse json(JsonObject body) {
    return json(200, body);
  }

  /** Makes an answer with a JSON body. */
  public static SimulatedResponse json(int status, JsonObject body) {
    return new SimulatedResponse(
        status, Map.of("Content-Type", "application/json"), body.asMap(), List.of());
  }

  /**
   * Makes an answer with a JSON body.
   *
   * @param body the members of a JSON object: texts, numbers, booleans, nulls, lists and maps
   */
  public static SimulatedResponse json(int status, Map<String, ? extends @Nullable Object> body) {
    return json(status, JsonObject.of(body));
  }

  /**
   * Makes an answer with a JSON body. A body that is not a JSON object is made by {@link #content}.
   *
   * @param body the text of a JSON object
   * @throws IllegalArgumentException if the text is no JSON object
   */
  public static SimulatedResponse json(int status, String body) {
    try {
      return json(status, Json.parseObject(body));
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(
          "The body of this answer is no JSON object: "
              + e.getMessage()
              + " Correct it, or send it unchanged with SimulatedResponse.content.",
          e);
    }
  }

  /** Makes an answer whose body is sent unchanged. */
  public static SimulatedResponse content(int status, String contentType, StoredContent body) {
    return new SimulatedResponse(status, Map.of("Content-Type", contentType), null, List.of(body));
  }

  /** Makes an answer of server-sent events, one piece for each {@code data} line. */
  public static SimulatedResponse events(List<String> data) {
    List<StoredContent> pieces =
        data.stream().map(line -> StoredContent.of("data: " + line + "\n\n")).toList();
    return new SimulatedResponse(200, Map.of("Content-Type", "text/event-stream"), null, pieces);
  }

  /** Returns the same answer with one more header. */
  public SimulatedResponse withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new SimulatedResponse(status, more, tree, pieces);
  }

  /** Returns the same answer with another JSON body. */
  public SimulatedResponse withTree(Object body) {
    return new SimulatedResponse(status, headers, body, List.of());
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the headers, without Content-Length and Transfer-Encoding. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the JSON body as a tree; null if the body is no JSON. */
  public @Nullable Object tree() {
    return tree;
  }

  /** Returns whether the body is streamed in chunks, without a length. */
  boolean isStream() {
    return tree == null && pieces.size() != 1;
  }

  /** Returns what is to be sent. */
  List<StoredContent> pieces() {
    return tree == null ? pieces : List.of(StoredContent.of(Json.write(tree)));
  }

  /** Returns the body as text if it is at most {@code maximumBytes} long, else nothing. */
  String text(long maximumBytes) {
    long size = pieces().stream().mapToLong(StoredContent::size).sum();
    if (size > maximumBytes) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    pieces().forEach(piece -> text.append(new String(piece.bytes(), StandardCharsets.UTF_8)));
    return text.toString();
  }
}
