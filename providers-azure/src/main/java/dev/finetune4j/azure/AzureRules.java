package dev.finetune4j.azure;

import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationRule;
import java.util.List;

/**
 * Checks what Azure requires of examples beyond the neutral rules: the last message must be the
 * model's.
 */
final class AzureRules<E extends Example> implements ValidationRule<E> {
  static final String ID = "azure-last-message";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<Finding> check(E example, ExampleLocation at) {
    if (!(example instanceof ChatExample chat) || chat.messages().isEmpty()) {
      return List.of();
    }
    int last = chat.messages().size() - 1;
    Role role = chat.messages().get(last).role();
    return role == Role.ASSISTANT
        ? List.of()
        : List.of(
            new Finding(
                ID,
                Severity.ERROR,
                at.at("$.messages[" + last + "]"),
                "The last message has the role " + role.word() + ".",
                "End the example with the assistant message to learn; otherwise Azure fails the"
                    + " job."));
  }
}
