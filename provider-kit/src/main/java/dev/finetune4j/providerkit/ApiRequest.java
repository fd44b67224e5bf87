package dev.finetune4j.providerkit;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * One request to a service, as a value: method, path, query, headers, body and options.
 *
 * <pre>{@code
 * ApiRequest.get("fine_tuning/jobs/{job}/events", id).query(Query.of("limit", 100))
 * ApiRequest.post("fine_tuning/jobs").json(body)                       // sent at most once
 * ApiRequest.delete("fine_tuning/checkpoints/{model}/permissions/{id}", model, id).credential(admin)
 * }</pre>
 *
 * <p>The path is below the transport's base URL; each {@code {name}} in it is filled with the next
 * value, encoded as one segment, so that an id may hold any character. Immutable; thread-safe.
 */
public final class ApiRequest {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

  private final RequestTarget target;
  private final @Nullable RequestBody body;
  private final RequestOptions options;

  private ApiRequest(RequestTarget target, @Nullable RequestBody body, RequestOptions options) {
    this.target = target;
    this.body = body;
    this.options = options;
  }

  /** Starts a GET, which is {@link Idempotency#SAFE}. */
  public static ApiRequest get(String path, String... values) {
    return of(RequestTarget.of("GET", path, values), Idempotency.SAFE);
  }

  /**
   * Starts a GET of a whole URL that the service gave, for example in a {@code Location}. The
   * credential goes with it only if it leads to the scheme, host and port of the base URL.
   */
  public static ApiRequest get(HttpUrl url) {
    return of(RequestTarget.of("GET", url), Idempotency.SAFE);
  }

  /** Starts a POST, which is {@link Idempotency#ONCE} and has an empty body if nothing is said. */
  public static ApiRequest post(String path, String... values) {
    return of(RequestTarget.of("POST", path, values), Idempotency.ONCE);
  }

  /**
   * Starts a POST to a whole URL that the service gave, with the same rules as {@link
   * #get(HttpUrl)}; {@link Idempotency#ONCE} if nothing is said.
   */
  public static ApiRequest post(HttpUrl url) {
    return of(RequestTarget.of("POST", url), Idempotency.ONCE);
  }

  /**
   * Starts a PUT to a whole URL that the service gave, for example a signed one of its store, with
   * the same rules as {@link #get(HttpUrl)}.
   */
  public static ApiRequest put(HttpUrl url) {
    return of(RequestTarget.of("PUT", url), Idempotency.SAFE);
  }

  /** Starts a PUT, which is {@link Idempotency#SAFE} if nothing else is said. */
  public static ApiRequest put(String path, String... values) {
    return of(RequestTarget.of("PUT", path, values), Idempotency.SAFE);
  }

  /** Starts a PATCH, which is {@link Idempotency#ONCE} if nothing else is said. */
  public static ApiRequest patch(String path, String... values) {
    return of(RequestTarget.of("PATCH", path, values), Idempotency.ONCE);
  }

  /** Starts a DELETE, which is {@link Idempotency#SAFE}: sent again, it may answer 404. */
  public static ApiRequest delete(String path, String... values) {
    return of(RequestTarget.of("DELETE", path, values), Idempotency.SAFE);
  }

  private static ApiRequest of(RequestTarget target, Idempotency idempotency) {
    return new ApiRequest(target, null, RequestOptions.standard(idempotency));
  }

  /** Returns this call with a body of JSON, copied into text at once. */
  public ApiRequest json(JsonObject object) {
    return new ApiRequest(target, RequestBody.create(Json.write(object.asMap()), JSON), options);
  }

  /** Returns this call with a body of text in UTF-8. */
  public ApiRequest text(String body, String contentType) {
    return new ApiRequest(target, RequestBody.create(body, MediaType.get(contentType)), options);
  }

  /**
   * Returns this call with a body that is streamed when it is sent, and without deadlines but those
   * set with {@link #deadlines}.
   */
  public ApiRequest content(RequestContent content, String contentType, TransferListener progress) {
    Timeouts own = options.deadlines();
    return new ApiRequest(
        target,
        new ContentBody(content, MediaType.get(contentType), progress),
        options.with(own == null ? Timeouts.none() : own));
  }

  /**
   * Returns this call with a form, streamed when it is sent. It then has no deadlines but those set
   * with {@link #deadlines}: how long an upload takes, its size decides.
   */
  public ApiRequest form(FormContent form) {
    Timeouts own = options.deadlines();
    return new ApiRequest(target, form.body(), options.with(own == null ? Timeouts.none() : own));
  }

  /** Returns this call with a body of {@code application/x-www-form-urlencoded} fields. */
  public ApiRequest fields(Map<String, String> fields) {
    FormBody.Builder encoded = new FormBody.Builder();
    fields.forEach(encoded::add);
    return new ApiRequest(target, encoded.build(), options);
  }

  /** Returns this call with another query, which is added to that of the base URL. */
  public ApiRequest query(Query query) {
    return new ApiRequest(target, body, options.with(query));
  }

  /** Returns this call with one header more, or another value of it. */
  public ApiRequest header(String name, String value) {
    return new ApiRequest(target, body, options.with(Objects.requireNonNull(name, "name"), value));
  }

  /** Returns this call with a credential of its own instead of the transport's. */
  public ApiRequest credential(Credential credential) {
    return new ApiRequest(target, body, options.with(credential));
  }

  /** Returns this call with another answer to whether it may be sent again. */
  public ApiRequest idempotency(Idempotency idempotency) {
    return new ApiRequest(target, body, options.with(idempotency));
  }

  /** Returns this call with deadlines of its own instead of the transport's. */
  public ApiRequest deadlines(Timeouts deadlines) {
    return new ApiRequest(target, body, options.with(deadlines));
  }

  /**
   * Returns this call with another limit on the size of an answer that is held in memory; 64 MiB if
   * not set. A longer answer becomes an {@link dev.finetune4j.error.UnexpectedResponseException}.
   */
  public ApiRequest maximumBytes(long bytes) {
    return new ApiRequest(target, body, options.with(bytes));
  }

  /**
   * Returns this call as a question to a model: it waits while the service says that this model's
   * limit is used up. Other models and other calls do not wait for it.
   */
  public ApiRequest pacedBy(String model) {
    return new ApiRequest(target, body, options.pacedBy(Objects.requireNonNull(model, "model")));
  }

  RequestTarget target() {
    return target;
  }

  @Nullable RequestBody body() {
    return body;
  }

  RequestOptions options() {
    return options;
  }

  /** Returns method and path, without ids, query and headers. */
  @Override
  public String toString() {
    return target.method() + " " + target.template();
  }
}
