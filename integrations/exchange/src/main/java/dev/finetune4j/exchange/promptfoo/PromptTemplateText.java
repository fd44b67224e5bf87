package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.exchange.UnusableExchangeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A prompt before its places are filled: text for one user message, or the JSON or YAML of several
 * messages. Immutable.
 *
 * @param label what people call it
 * @param text the template
 */
record PromptTemplateText(String label, String text) {

  /** Returns the messages of one test. */
  List<Message> fill(Map<String, @Nullable Object> values) {
    List<Message> fromTemplate = messages(text).map(m -> filled(m, values)).orElse(List.of());
    if (!fromTemplate.isEmpty()) {
      return fromTemplate;
    }
    // A place may stand for a whole conversation, so the text is read once more when it is filled.
    String whole = Nunjucks.fill(text, values);
    return messages(whole).orElseGet(() -> List.of(Message.user(whole)));
  }

  private static List<Message> filled(
      List<Message> messages, Map<String, @Nullable Object> values) {
    return messages.stream()
        .map(message -> Message.of(message.role(), Nunjucks.fill(message.text(), values)))
        .toList();
  }

  private static Optional<List<Message>> messages(String text) {
    String trimmed = text.strip();
    if (!trimmed.startsWith("[") && !trimmed.startsWith("- ")) {
      return Optional.empty();
    }
    Object tree;
    try {
      tree = YamlText.parse(trimmed, "prompt").tree();
    } catch (UnusableExchangeException e) {
      // A text may start like a list and be none.
      return Optional.empty();
    }
    List<Message> messages = new ArrayList<>();
    for (Object item : tree instanceof List<?> list ? list : List.of()) {
      if (!(item instanceof Map<?, ?> map)
          || map.get("content") == null
          || Role.find(String.valueOf(map.get("role"))).isEmpty()) {
        return Optional.empty();
      }
      Role role = Role.find(String.valueOf(map.get("role"))).get();
      messages.add(Message.of(role, content(map.get("content"))));
    }
    return messages.isEmpty() ? Optional.empty() : Optional.of(messages);
  }

  private static String content(@Nullable Object written) {
    if (!(written instanceof List<?> parts)) {
      return Nunjucks.shown(written);
    }
    return parts.stream()
        .map(part -> part instanceof Map<?, ?> map ? Nunjucks.shown(map.get("text")) : "")
        .collect(Collectors.joining());
  }
}
