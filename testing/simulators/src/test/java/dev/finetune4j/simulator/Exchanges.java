package dev.finetune4j.simulator;

import dev.finetune4j.specification.Specification;

/** Hands recorded exchanges to the check against a published document. */
public final class Exchanges {
  private Exchanges() {}

  public static Specification.Exchange of(RecordedExchange recorded) {
    return new Specification.Exchange(
        recorded.toString(),
        recorded.method(),
        recorded.template(),
        recorded.query(),
        recorded.requestHeader("Content-Type").orElse(""),
        recorded.requestBody(),
        recorded.status(),
        recorded.answerType(),
        recorded.answerBody());
  }
}
