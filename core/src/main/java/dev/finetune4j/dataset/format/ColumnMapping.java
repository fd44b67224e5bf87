package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps the columns of a table, or the members of flat records, to a conversation: one template for
 * each message, in which {@code {{column}}} is replaced by the value of that column.
 *
 * <p>For example, {@code ColumnMapping.of("{{title}}\n{{ingredients}}", "{{answer}}")} makes a user
 * message from two columns and an assistant message from one. A missing column is an error; an
 * empty one is an empty text. An empty system message is left out.
 *
 * @param system the template of the system message, empty for none
 * @param user the template of the user message
 * @param assistant the template of the assistant message
 */
public record ColumnMapping(Optional<String> system, String user, String assistant) {
  private static final Pattern COLUMN = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*}}");

  /** Checks that the answer depends on the record. */
  public ColumnMapping {
    if (columns(assistant).isEmpty()) {
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
   * Converts a record to a conversation.
   *
   * @throws MalformedExampleException if a column that a template names is missing
   */
  public ChatExample toExample(Map<String, ? extends @Nullable Object> record) {
    List<Message> messages = new ArrayList<>(3);
    String instructions = system.map(text -> fill(text, record)).orElse("");
    if (!instructions.isEmpty()) {
      messages.add(Message.system(instructions));
    }
    messages.add(Message.user(fill(user, record)));
    messages.add(Message.assistant(fill(assistant, record)));
    return new ChatExample(messages, List.of());
  }

  static List<String> columns(String template) {
    List<String> columns = new ArrayList<>();
    Matcher matcher = COLUMN.matcher(template);
    while (matcher.find()) {
      columns.add(matcher.group(1));
    }
    return columns;
  }

  static String fill(String template, Map<String, ? extends @Nullable Object> record) {
    Matcher matcher = COLUMN.matcher(template);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String column = matcher.group(1);
      if (!record.containsKey(column)) {
        throw new MalformedExampleException(
            "$." + column,
            "The column \"" + column + "\" is missing; the record has " + record.keySet() + ".");
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(shown(record.get(column))));
    }
    return matcher.appendTail(text).toString();
  }

  /** Returns the only column of a template, empty if the template contains any other text. */
  static Optional<String> soleColumn(String template) {
    Matcher matcher = COLUMN.matcher(template.strip());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Map || value instanceof List ? Json.write(value) : value.toString();
  }
}
