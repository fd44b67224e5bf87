package dev.finetune4j.providerkit.job;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Checks the names of participants as OpenAI's and Azure's chat completions do: at most 64
 * characters, without white space and without {@code < | \ / >}. From the error messages of both
 * services, read on 2026-11-30. Stateless.
 *
 * @param <E> the kind of example
 */
public final class NameRule<E extends Example> implements ValidationRule<E> {
  private static final Pattern ALLOWED = Pattern.compile("[^\\s<|\\\\/>]{1,64}");

  @Override
  public String id() {
    return "participant-name";
  }

  @Override
  public List<Finding> check(E example, ExampleLocation at) {
    List<Finding> findings = new ArrayList<>(0);
    for (Message message : example.messages()) {
      message
          .name()
          .filter(name -> !ALLOWED.matcher(name).matches())
          .ifPresent(
              name ->
                  findings.add(
                      new Finding(
                          id(),
                          Severity.ERROR,
                          at,
                          "The service refuses the name \"" + name + "\" of a message.",
                          "Use at most 64 characters, without white space and < | \\ / >.")));
    }
    return findings;
  }
}
