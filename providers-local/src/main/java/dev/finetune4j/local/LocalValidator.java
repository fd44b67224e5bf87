package dev.finetune4j.local;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.token.TokenCounter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** This provider's own rules. Thread-safe. */
final class LocalValidator<E extends Example> implements DatasetValidator<E> {
  private final TokenCounter counter;
  private final int contextTokens;

  LocalValidator(TokenCounter counter, int contextTokens) {
    this.counter = counter;
    this.contextTokens = contextTokens;
  }

  @Override
  public ValidationReport validate(Dataset<E> dataset) {
    List<Finding> findings = new ArrayList<>();
    long number = 0;
    try (Stream<E> examples = dataset.examples()) {
      Iterator<E> all = examples.iterator();
      while (all.hasNext()) {
        number++;
        findings.addAll(check(all.next(), ExampleLocation.line(number)));
      }
    }
    return new ValidationReport(dataset.name(), number, findings);
  }

  private List<Finding> check(E example, ExampleLocation at) {
    List<Finding> findings = new ArrayList<>();
    LocalRules.unusable(example)
        .ifPresent(
            found ->
                findings.add(
                    new Finding(
                        "local-unsupported-content",
                        Severity.ERROR,
                        at,
                        "The example has " + found + ", which the embedded models cannot use.",
                        "Leave it out, or train with a provider that can.")));
    long tokens = counter.count(example);
    if (tokens > contextTokens) {
      findings.add(
          new Finding(
              "local-over-context",
              Severity.WARNING,
              at,
              "The example has " + tokens + " tokens, and the model reads " + contextTokens + ".",
              "Shorten it; the rest is cut off."));
    }
    return findings;
  }
}
