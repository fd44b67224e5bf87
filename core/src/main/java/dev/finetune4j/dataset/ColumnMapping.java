package dev.finetune4j.dataset;

import dev.finetune4j.chat.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a table, or the members of flat records, become a conversation: one template
 * for each message, in which {@code {{column}}} stands for the value of that column.
 *
 * <p>For example, {@code ColumnMapping.of("{{title}}\n{{ingredients}}", "{{answer}}")} makes a
 * user's message of two columns and an assistant's of one. A column that is missing in a record is
 * an error; an empty one is an empty text.
 *
 * @param system the template of the system message, empty for none
 * @param user the template of the user's message
 * @param assistant the template of the assistant's message
 */
public record ColumnMapping(Optional<String> system, String user, String assistant) {

  /** Checks that the answer depends on the record. */
  public ColumnMapping {
    if (PromptTemplate.columns(assistant).isEmpty()) {
      throw new IllegalArgumentException(
          "The assistant's template names no {{column}}, so all answers would be the same: "
              + assistant);
    }
  }

  /** Returns a mapping without a system message. */
  public static ColumnMapping of(String user, String assistant) {
    return new ColumnMapping(Optional.empty(), user, assistant);
  }

  /** Returns this mapping with a system message before the others. */
  public ColumnMapping withSystem(String template) {
    return new ColumnMapping(Optional.of(template), user, assistant);
  }

  /**
   * Returns the conversation that a record makes.
   *
   * @throws MalformedExampleException if a column that a template names is missing
   */
  public ChatExample toExample(Map<String, ? extends @Nullable Object> record) {
    List<Message> messages = new ArrayList<>(3);
    system.ifPresent(text -> messages.add(Message.system(PromptTemplate.fill(text, record))));
    messages.add(Message.user(PromptTemplate.fill(user, record)));
    messages.add(Message.assistant(PromptTemplate.fill(assistant, record)));
    return new ChatExample(messages, List.of());
  }
}
