package dev.finetune4j.providerkit;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Fits a client to this transport: what OkHttp would decide, we decide. Stateless. */
final class Connections implements Interceptor {

  private Connections() {}

  static OkHttpClient prepared(OkHttpClient client) {
    return client
        .newBuilder()
        // OkHttp would send a POST again whose answer was lost.
        .retryOnConnectionFailure(false)
        // It would take a header like api-key along to another host.
        .followRedirects(false)
        .followSslRedirects(false)
        .addNetworkInterceptor(new Connections())
        .build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Flight flight = chain.request().tag(Flight.class);
    if (flight == null) {
      return chain.proceed(chain.request());
    }
    flight.connected();
    Response response = chain.proceed(chain.request());
    RequestBody body = chain.request().body();
    flight.sent(body == null ? 0 : body.contentLength());
    return response;
  }
}
