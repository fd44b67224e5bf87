package dev.finetune4j.dataset.validation;

/** How serious a finding is. */
public enum Severity {
  /** Training would fail or learn something wrong: the run stops. */
  ERROR,
  /** Training would work, but probably not as intended. */
  WARNING,
  /** Worth knowing. */
  NOTE
}
