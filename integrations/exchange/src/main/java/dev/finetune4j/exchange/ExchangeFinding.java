package dev.finetune4j.exchange;

import dev.finetune4j.dataset.validation.Severity;

/**
 * Something in an imported file that this library does not support or does differently. Immutable
 * and thread-safe.
 *
 * @param rule what found it, stable, in lower case with hyphens: {@code assertion-not-runnable}
 * @param severity {@code ERROR} if nothing can be measured with it, {@code WARNING} if something is
 *     left out, {@code NOTE} if figures may differ a little
 * @param place where it is, a JSON path into the configuration or a file with its line
 * @param message the fact, one sentence
 * @param suggestion what to do about it, one sentence
 */
public record ExchangeFinding(
    String rule, Severity severity, String place, String message, String suggestion) {

  /** Returns one line for a person. */
  @Override
  public String toString() {
    return severity + " " + place + " [" + rule + "] " + message + " " + suggestion;
  }
}
