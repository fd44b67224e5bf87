package dev.finetune4j.providerkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request and follows up to 5 redirects. A redirect to another scheme, host or port is sent
 * without the caller's credential and headers; one from https to http is refused; and a request
 * with a body only where its method stays (307 and 308). Thread-safe.
 */
final class Redirects {
  private static final int MAXIMUM = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> KEEP_METHOD = Set.of(307, 308);
  private static final Set<String> KEPT_HEADERS =
      Set.of("accept", "content-type", "range", "if-range", "accept-encoding");

  private final OkHttpClient client;

  Redirects(OkHttpClient client) {
    this.client = client;
  }

  /** Returns the first answer that is no redirect to be followed; it may be one that is not. */
  Response follow(Request first, HttpAttempt attempt) throws IOException {
    Request request = first;
    for (int followed = 0; ; followed++) {
      okhttp3.Call sending = client.newCall(request);
      Duration limit = attempt.limit();
      if (!limit.isZero()) {
        sending.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
      }
      attempt.setCall(sending);
      Response response = sending.execute();
      Request next = followed < MAXIMUM ? next(request, response) : null;
      if (next == null) {
        return response;
      }
      response.close();
      request = next;
    }
  }

  static boolean isSameOrigin(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }

  private static @Nullable Request next(Request request, Response response) {
    String location = response.header("Location");
    if (!REDIRECTS.contains(response.code()) || location == null) {
      return null;
    }
    boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
    HttpUrl url = request.url().resolve(location);
    if (url == null
        || (request.url().isHttps() && !url.isHttps())
        || !(isRead || KEEP_METHOD.contains(response.code()))) {
      return null;
    }
    Request.Builder next = request.newBuilder().url(url);
    if (!isSameOrigin(request.url(), url)) {
      for (String name : request.headers().names()) {
        if (!KEPT_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
          next.removeHeader(name);
        }
      }
    }
    return next.build();
  }
}
