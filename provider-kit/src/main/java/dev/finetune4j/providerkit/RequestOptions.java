package dev.finetune4j.providerkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options of a request besides its target and body. Immutable; thread-safe. */
record RequestOptions(
    Query query,
    Map<String, String> headers,
    @Nullable Credential credential,
    Idempotency idempotency,
    @Nullable Timeouts deadlines,
    long maximumBytes,
    @Nullable String pacedModel) {
  private static final long MAXIMUM_BYTES = 64L << 20;

  static RequestOptions standard(Idempotency idempotency) {
    return new RequestOptions(
        Query.empty(), Map.of(), null, idempotency, null, MAXIMUM_BYTES, null);
  }

  RequestOptions with(Query other) {
    return new RequestOptions(
        other, headers, credential, idempotency, deadlines, maximumBytes, pacedModel);
  }

  RequestOptions with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new RequestOptions(
        query, Map.copyOf(more), credential, idempotency, deadlines, maximumBytes, pacedModel);
  }

  RequestOptions with(Credential other) {
    return new RequestOptions(
        query, headers, other, idempotency, deadlines, maximumBytes, pacedModel);
  }

  RequestOptions with(Idempotency other) {
    return new RequestOptions(
        query, headers, credential, other, deadlines, maximumBytes, pacedModel);
  }

  RequestOptions with(Timeouts other) {
    return new RequestOptions(
        query, headers, credential, idempotency, other, maximumBytes, pacedModel);
  }

  RequestOptions with(long bytes) {
    return new RequestOptions(
        query, headers, credential, idempotency, deadlines, bytes, pacedModel);
  }

  RequestOptions pacedBy(String model) {
    return new RequestOptions(
        query, headers, credential, idempotency, deadlines, maximumBytes, model);
  }
}
