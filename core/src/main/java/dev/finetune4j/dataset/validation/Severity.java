package dev.finetune4j.dataset.validation;

/** How bad a finding is. */
public enum Severity {
  /** Training would fail, or learn something wrong: the run stops here. */
  ERROR,
  /** Training would work, but probably not as meant. */
  WARNING,
  /** Worth knowing. */
  NOTE
}
