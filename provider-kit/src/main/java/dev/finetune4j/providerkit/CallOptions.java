package dev.finetune4j.providerkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes with a call besides its target and its body. Immutable; thread-safe. */
record CallOptions(
    Query query,
    Map<String, String> headers,
    @Nullable Credential credential,
    Idempotency idempotency,
    @Nullable Deadlines deadlines,
    long maximumBytes,
    @Nullable String pacedModel) {
  private static final long MAXIMUM_BYTES = 64L << 20;

  static CallOptions standard(Idempotency idempotency) {
    return new CallOptions(Query.empty(), Map.of(), null, idempotency, null, MAXIMUM_BYTES, null);
  }

  CallOptions with(Query other) {
    return new CallOptions(
        other, headers, credential, idempotency, deadlines, maximumBytes, pacedModel);
  }

  CallOptions with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new CallOptions(
        query, Map.copyOf(more), credential, idempotency, deadlines, maximumBytes, pacedModel);
  }

  CallOptions with(Credential other) {
    return new CallOptions(query, headers, other, idempotency, deadlines, maximumBytes, pacedModel);
  }

  CallOptions with(Idempotency other) {
    return new CallOptions(query, headers, credential, other, deadlines, maximumBytes, pacedModel);
  }

  CallOptions with(Deadlines other) {
    return new CallOptions(
        query, headers, credential, idempotency, other, maximumBytes, pacedModel);
  }

  CallOptions with(long bytes) {
    return new CallOptions(query, headers, credential, idempotency, deadlines, bytes, pacedModel);
  }

  CallOptions pacedBy(String model) {
    return new CallOptions(query, headers, credential, idempotency, deadlines, maximumBytes, model);
  }
}
