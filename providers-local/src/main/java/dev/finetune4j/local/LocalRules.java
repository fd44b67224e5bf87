package dev.finetune4j.local;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.InvalidDatasetException;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.dataset.validation.ValidationRule;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.local.internal.process.ExampleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Refuses examples with tools or images, which local models do not support. Stateless. */
final class LocalRules {
  private static final String ID = "local-unsupported-content";

  private LocalRules() {}

  /** Returns the refusal of data whose only errors are of this rule, empty for other errors. */
  static Optional<UnsupportedCapabilityException> unsupported(InvalidDatasetException invalid) {
    ValidationReport report = invalid.report();
    if (!report.without(ID).isValid()) {
      return Optional.empty();
    }
    return report.findings().stream()
        .filter(finding -> finding.ruleId().equals(ID))
        .findFirst()
        .map(
            first ->
                LocalErrors.unsupported(
                    "examples with tools or images", report.dataset() + ": " + first));
  }

  /** Returns the unsupported part of an example, empty if all of it is supported. */
  static Optional<String> unusable(Example example) {
    if (!example.tools().isEmpty()) {
      return Optional.of("tools");
    }
    for (Message message : example.messages()) {
      if (message.role() == Role.TOOL || !message.toolCalls().isEmpty()) {
        return Optional.of("calls of tools");
      }
      if (message.content().stream().anyMatch(ContentPart.Image.class::isInstance)) {
        return Optional.of("images");
      }
    }
    return Optional.empty();
  }

  /** Returns the validation rule. */
  static <E extends Example> ValidationRule<E> rule() {
    return new ValidationRule<>() {
      @Override
      public String id() {
        return ID;
      }

      @Override
      public List<Finding> check(E example, ExampleLocation at) {
        Optional<String> found = unusable(example);
        return found.isEmpty()
            ? List.of()
            : List.of(
                new Finding(
                    id(),
                    Severity.ERROR,
                    at,
                    "The example has " + found.get() + ", which the embedded models cannot use.",
                    "Leave it out, or train with a provider that can."));
      }
    };
  }

  /**
   * Writes the data for the trainer; refuses an example that it cannot use. Reads the data once.
   */
  static void write(Path file, Dataset<?> dataset) throws IOException {
    ExampleFile.write(
        file,
        dataset,
        (example, number) -> {
          Optional<String> found = unusable(example);
          if (found.isPresent()) {
            throw LocalErrors.unsupported(
                "examples with " + found.get(),
                "Example " + number + " of " + dataset.name() + " has them. Remove it.");
          }
        });
  }
}
