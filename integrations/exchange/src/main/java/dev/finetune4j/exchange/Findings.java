package dev.finetune4j.exchange;

import dev.finetune4j.dataset.validation.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects findings in the order in which they are made. Not thread-safe. */
public final class Findings {
  private final List<ExchangeFinding> findings = new ArrayList<>();

  /** Makes an empty collection. */
  public Findings() {}

  /** Adds what makes measuring impossible. */
  public void error(String rule, String place, String message, String suggestion) {
    findings.add(new ExchangeFinding(rule, Severity.ERROR, place, message, suggestion));
  }

  /** Adds what is left out. */
  public void warning(String rule, String place, String message, String suggestion) {
    findings.add(new ExchangeFinding(rule, Severity.WARNING, place, message, suggestion));
  }

  /** Adds what is worth knowing. */
  public void note(String rule, String place, String message, String suggestion) {
    findings.add(new ExchangeFinding(rule, Severity.NOTE, place, message, suggestion));
  }

  /** Returns what was added so far. */
  public List<ExchangeFinding> all() {
    return List.copyOf(findings);
  }
}
