package dev.finetune4j.openai;

import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationRule;
import java.util.List;
import java.util.Set;

/**
 * Checks the names of references that OpenAI's format of reinforcement reserves. From its
 * fine-tuning guides, read on 2026-11-22. Stateless.
 */
final class OpenAiRules<E extends Example> implements ValidationRule<E> {
  private static final Set<String> RESERVED = Set.of("messages", "tools", "parallel_tool_calls");

  @Override
  public String id() {
    return "reserved-reference";
  }

  @Override
  public List<Finding> check(E example, ExampleLocation at) {
    return example instanceof PromptExample prompt
        ? prompt.reference().keySet().stream()
            .filter(RESERVED::contains)
            .map(
                name ->
                    new Finding(
                        id(),
                        Severity.ERROR,
                        at.at("$." + name),
                        "The reference name \"" + name + "\" is reserved by the format.",
                        "Rename it, here and in the grader."))
            .toList()
        : List.of();
  }
}
