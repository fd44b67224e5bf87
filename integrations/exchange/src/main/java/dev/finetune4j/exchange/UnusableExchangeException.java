package dev.finetune4j.exchange;

import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import java.util.List;
import java.util.stream.Collectors;

/** A foreign file holds what makes it impossible to measure with it; carries every finding. */
public final class UnusableExchangeException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final transient List<ExchangeFinding> findings;

  /** Makes the exception; its message lists the errors among {@code findings}. */
  public UnusableExchangeException(String source, List<ExchangeFinding> findings) {
    super(
        source
            + " cannot be used:\n"
            + findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(ExchangeFinding::toString)
                .collect(Collectors.joining("\n")),
        null);
    this.findings = List.copyOf(findings);
  }

  /** Returns all findings, warnings and notes too; empty after serialisation. */
  public List<ExchangeFinding> findings() {
    return findings == null ? List.of() : findings;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
