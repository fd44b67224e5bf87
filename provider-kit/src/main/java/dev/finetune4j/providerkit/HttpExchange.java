package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.internal.json.JsonSyntaxException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer, never sent again from here. Thread-safe. */
final class HttpExchange {
  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
  private static final long ERROR_BYTES = 4_096;
  private static final int SHOWN_CHARACTERS = 1_024;

  private final ProviderId provider;
  private final OkHttpClient client;
  private final Credential credential;
  private final ErrorReader errors;
  private final Supplier<Instant> now;

  HttpExchange(
      ProviderId provider,
      OkHttpClient client,
      Credential credential,
      ErrorReader errors,
      Supplier<Instant> now) {
    this.provider = provider;
    this.client = client;
    this.credential = credential;
    this.errors = errors;
    this.now = now;
  }

  <T> T json(Request request, Idempotency idempotency, Function<JsonObject, T> mapper)
      throws FailedAttempt {
    try (Response response = send(request)) {
      requireSuccess(response, idempotency);
      String body = response.body().string();
      try {
        return mapper.apply(Json.parseObject(body));
      } catch (JsonSyntaxException e) {
        throw new FailedAttempt(unexpected(response, body, e), false, Optional.empty());
      }
    } catch (IOException e) {
      throw lost(e, idempotency != Idempotency.ONCE);
    }
  }

  void events(Request request, Consumer<String> onData) throws FailedAttempt {
    AtomicBoolean begun = new AtomicBoolean();
    try (Response response = send(request)) {
      requireSuccess(response, Idempotency.SAFE);
      ServerSentEvents.read(
          response.body().source(),
          data -> {
            begun.set(true);
            onData.accept(data);
          });
    } catch (IOException e) {
      throw lost(e, !begun.get());
    }
  }

  private Response send(Request request) throws IOException {
    Request.Builder proven = request.newBuilder();
    credential.applyTo(proven);
    Response response = InterruptibleCall.execute(client.newCall(proven.build()));
    LOG.debug(
        "{} {} {} -> {} [request {}]",
        provider,
        request.method(),
        request.url().encodedPath(),
        response.code(),
        OpenAiErrorReader.requestId(response.headers()).orElse("unknown"));
    return response;
  }

  private void requireSuccess(Response response, Idempotency idempotency)
      throws IOException, FailedAttempt {
    if (response.isSuccessful()) {
      return;
    }
    String body = shown(response.peekBody(ERROR_BYTES).string());
    ProviderException failure = errors.read(provider, response.code(), response.headers(), body);
    Optional<Duration> asked = RetryAfter.in(response.headers(), now.get());
    // Too many requests means that this one was not done; after a 5xx nobody knows.
    boolean worthAnother =
        failure.isRetryable()
            && (idempotency != Idempotency.ONCE || failure instanceof RateLimitException)
            && !"false".equals(response.header("x-should-retry"));
    throw new FailedAttempt(failure, worthAnother, asked);
  }

  private FailedAttempt lost(IOException cause, boolean mayRepeat) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    boolean neverSent = cause instanceof ConnectException || cause instanceof UnknownHostException;
    String what =
        interrupted
            ? "The thread was interrupted while it waited for the answer."
            : "No answer: " + credential.blotIn(String.valueOf(cause)) + ".";
    return new FailedAttempt(
        new ProviderUnavailableException(ProviderFailure.of(provider, what), cause),
        !interrupted && (mayRepeat || neverSent),
        Optional.empty());
  }

  private UnexpectedResponseException unexpected(
      Response response, String body, JsonSyntaxException cause) {
    ProviderFailure failure =
        ProviderFailure.of(provider, cause.getMessage() + " The answer begins: " + shown(body))
            .withHttpStatus(response.code())
            .withRequestId(OpenAiErrorReader.requestId(response.headers()).orElse(null));
    return new UnexpectedResponseException(failure, cause);
  }

  private String shown(String body) {
    String start = body.length() > SHOWN_CHARACTERS ? body.substring(0, SHOWN_CHARACTERS) : body;
    return credential.blotIn(start);
  }
}
