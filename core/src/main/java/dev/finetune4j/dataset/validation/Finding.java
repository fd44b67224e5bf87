package dev.finetune4j.dataset.validation;

/**
 * One thing that is wrong with the data, or may be.
 *
 * @param ruleId the rule that found it, stable, in lower case with hyphens: {@code
 *     missing-assistant-message}
 * @param severity how bad it is
 * @param at where it is
 * @param message the fact, one sentence
 * @param cure what to do about it, one sentence
 */
public record Finding(
    String ruleId, Severity severity, ExampleLocation at, String message, String cure) {

  /** Returns one line for a person. */
  @Override
  public String toString() {
    return severity + " " + at + " [" + ruleId + "] " + message + " " + cure;
  }
}
