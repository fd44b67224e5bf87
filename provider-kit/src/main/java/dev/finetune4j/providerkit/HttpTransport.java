package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The way of one provider's requests: the service's rate limit, then retry, then the credential,
 * then OkHttp, then status to exception, then JSON to the caller's value. One per provider.
 * Blocking and thread-safe; an interrupt ends the wait with a {@link
 * dev.finetune4j.error.ProviderUnavailableException} and leaves the flag set. A closed transport
 * throws an {@link IllegalStateException} before any request. Bodies, headers and queries are never
 * logged.
 */
public final class HttpTransport implements AutoCloseable {
  private final ProviderId provider;
  private final HttpUrl baseUrl;
  private final Credential credential;
  private final Timeouts deadlines;
  private final Map<String, String> headers;
  private final @Nullable Supplier<String> clientRequestIds;
  private final OkHttpClient client;
  private final boolean ownsClient;
  private final @Nullable HttpTransport parent;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final RetryExecutor attempts;
  private final HttpExchange exchange;

  HttpTransport(HttpTransportBuilder settings) {
    provider = settings.provider;
    baseUrl = settings.baseUrl;
    credential = settings.credential;
    deadlines = settings.http.deadlines();
    headers = headers(settings);
    clientRequestIds = settings.clientRequestIds;
    parent = settings.parent;
    @Nullable OkHttpClient shared = parent == null ? null : parent.client;
    ownsClient = shared == null && !settings.http.hasOwnClient();
    client = Connections.client(settings.http, shared);
    attempts = new RetryExecutor(settings);
    exchange = new HttpExchange(settings, new Redirects(client), attempts);
  }

  /**
   * Starts a transport.
   *
   * @param baseUrl what the paths are added to, for example {@code https://api.openai.com/v1}; its
   *     query goes with every request
   */
  public static HttpTransportBuilder builder(ProviderId provider, HttpUrl baseUrl) {
    return new HttpTransportBuilder(provider, baseUrl);
  }

  private static Map<String, String> headers(HttpTransportBuilder settings) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("User-Agent", "finetune4j");
    all.putAll(settings.http.headers());
    // The provider's own headers come last, so that they win.
    all.putAll(settings.headers);
    return Collections.unmodifiableMap(all);
  }

  /** Returns whom it asks. */
  public ProviderId provider() {
    return provider;
  }

  /**
   * Sends a call and returns its answer, which must fit {@link ApiRequest#maximumBytes}. One
   * request, more where it is sent again.
   *
   * @throws dev.finetune4j.error.ProviderException if no good answer came
   */
  public ApiResponse send(ApiRequest call) {
    requireOpen();
    return attempts.untilDone(
        call,
        deadlines(call),
        attempt ->
            exchange.send(
                attempt,
                request(call),
                credential(call),
                (response, arriving) ->
                    new ApiResponse(response, provider, whole(response, arriving), arriving)));
  }

  /**
   * Sends a call and reads the JSON of its answer. One request, more where it is sent again.
   *
   * @param mapper makes the value; a {@link dev.finetune4j.json.JsonSyntaxException} from it
   *     becomes an {@link UnexpectedResponseException}
   * @throws dev.finetune4j.error.ProviderException if no good answer came
   */
  public <T> T send(ApiRequest call, Function<JsonObject, T> mapper) {
    return send(call).json(mapper);
  }

  /** Gets JSON; {@link #send(ApiRequest, Function)} of a call with nothing but a path. */
  public <T> T get(String path, Function<JsonObject, T> mapper) {
    return send(ApiRequest.get(path), mapper);
  }

  /**
   * Posts JSON and reads the JSON of the answer; {@link #send(ApiRequest, Function)} of such a
   * call.
   *
   * @param body copied into text at once
   */
  public <T> T post(
      String path, JsonObject body, Idempotency idempotency, Function<JsonObject, T> mapper) {
    return send(ApiRequest.post(path).json(body).idempotency(idempotency), mapper);
  }

  /**
   * Sends a call and hands over the data of each server-sent event as it comes, on the calling
   * thread, until the stream ends or says {@code [DONE]}. Sent again only as long as nothing came.
   *
   * @throws dev.finetune4j.error.ProviderException if no good answer came, or it broke off
   */
  public void sendForEvents(ApiRequest call, Consumer<String> onData) {
    requireOpen();
    AtomicBoolean begun = new AtomicBoolean();
    attempts.untilDone(
        call,
        deadlines(call),
        attempt -> {
          try {
            return exchange.send(
                attempt,
                request(call).header("Accept", "text/event-stream"),
                credential(call),
                (response, arriving) -> {
                  ServerSentEvents.read(
                      response.body().source(),
                      data -> {
                        begun.set(true);
                        onData.accept(data);
                      });
                  return Boolean.TRUE;
                });
          } catch (FailedAttempt failed) {
            throw begun.get()
                ? new FailedAttempt(failed.failure(), false, Optional.empty())
                : failed;
          }
        });
  }

  /**
   * Downloads an answer into a file: continued where it was cut if the service can, checked against
   * the promised size, and put in its place only when it is whole. Constant memory. One request,
   * more where it is continued. Without deadlines but the call's own.
   *
   * @return the size in bytes
   * @throws dev.finetune4j.error.ProviderException if no good answer came
   * @throws dev.finetune4j.dataset.DataFileException if the disk refuses; whatever stood in the
   *     place is still there
   */
  public long download(ApiRequest call, Path file, TransferListener listener) {
    return download(call, new Download(provider, file, listener));
  }

  /**
   * As {@link #download}, for bytes that never change, such as files named by their hash: what came
   * is kept in {@code <file>.part} when the download fails, and the next one, also of another
   * process, is continued. Two at once on the same file do harm, so the caller keeps them apart,
   * and checks the hash.
   */
  public long downloadLasting(ApiRequest call, Path file, TransferListener listener) {
    return download(call, Download.lasting(provider, file, listener));
  }

  private long download(ApiRequest call, Download download) {
    requireOpen();
    Timeouts own = call.options().deadlines();
    try {
      return attempts.untilDone(
          call,
          own == null ? Timeouts.none() : own,
          attempt -> {
            Request.Builder request = request(call);
            download.ask(request);
            try {
              return exchange.send(attempt, request, credential(call), download::receive);
            } catch (FailedAttempt failed) {
              throw download.beginsAnewAfter(failed) ? failed.worthAnother() : failed;
            }
          });
    } finally {
      download.discard();
    }
  }

  /**
   * Closes the connections, unless the client was passed in or is shared with another transport.
   * This transport, and those that share its connections, refuse every further call. Closing twice
   * is no error.
   */
  @Override
  public void close() {
    closed.set(true);
    if (ownsClient) {
      client.dispatcher().executorService().shutdownNow();
      client.connectionPool().evictAll();
    }
  }

  @Override
  public String toString() {
    return "HttpTransport(" + provider + ", " + baseUrl.redact() + ")";
  }

  private void requireOpen() {
    for (@Nullable HttpTransport each = this; each != null; each = each.parent) {
      if (each.closed.get()) {
        throw new IllegalStateException("This provider is closed; build a new one.");
      }
    }
  }

  private Timeouts deadlines(ApiRequest call) {
    Timeouts own = call.options().deadlines();
    return own == null ? deadlines : own;
  }

  private boolean isHome(HttpUrl url) {
    return Redirects.isSameOrigin(baseUrl, url);
  }

  private Credential credential(ApiRequest call) {
    HttpUrl url = call.target().url();
    if (url != null && !isHome(url)) {
      return Credential.none();
    }
    Credential own = call.options().credential();
    return own == null ? credential : own;
  }

  private Request.Builder request(ApiRequest call) {
    HttpUrl url = call.target().resolve(baseUrl, call.options().query());
    Request.Builder request = new Request.Builder().url(url);
    if (isHome(url)) {
      headers.forEach(request::header);
    }
    call.options().headers().forEach(request::header);
    if (clientRequestIds != null) {
      request.header(HttpExchange.CLIENT_REQUEST_ID, clientRequestIds.get());
    }
    RequestBody body = call.body();
    boolean isBodiless =
        call.target().method().equals("GET") || call.target().method().equals("DELETE");
    return request.method(
        call.target().method(), body == null && !isBodiless ? RequestBody.EMPTY : body);
  }

  private byte[] whole(Response response, HttpAttempt attempt) throws IOException {
    BufferedSource source = response.body().source();
    long most = attempt.call().options().maximumBytes();
    if (source.request(most + 1)) {
      throw new UnexpectedResponseException(
          ProviderFailure.of(provider, "The answer is longer than " + most + " bytes.")
              .withHttpStatus(response.code())
              .withRequestId(OpenAiErrorReader.requestId(response.headers()).orElse(null)),
          null);
    }
    byte[] bytes = source.readByteArray();
    attempt.received(bytes.length);
    return bytes;
  }
}
