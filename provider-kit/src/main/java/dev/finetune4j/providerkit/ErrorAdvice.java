package dev.finetune4j.providerkit;

import org.jspecify.annotations.Nullable;

/** Advice for errors whose message does not say what to do. Thread-safe. */
@FunctionalInterface
public interface ErrorAdvice {
  /** No advice. */
  ErrorAdvice NONE = (status, code, body) -> "";

  /**
   * Returns a sentence with a space before it, or nothing.
   *
   * @param code the service's code, null if it gave none
   * @param body the whole answer
   */
  String advice(int status, @Nullable String code, String body);
}
