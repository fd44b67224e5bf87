package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.exchange.UnusableExchangeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A prompt before its places are filled: text for one user message, or the JSON or YAML of several
 * messages. Immutable.
 *
 * @param label what people call it
 * @param text the template
 */
record PromptTemplateText(String label, String text) {

  /** Returns the messages of one test, the prompt with a text before and after it. */
  List<Message> fill(Map<String, @Nullable Object> values, String prefix, String suffix) {
    return new PromptTemplateText(label, prefix + text + suffix).fill(values);
  }

  private List<Message> fill(Map<String, @Nullable Object> values) {
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
    return parts.stream().map(part -> textOf(part).orElse("")).collect(Collectors.joining());
  }

  private static Optional<String> textOf(@Nullable Object part) {
    if (part instanceof Map<?, ?> map) {
      Object text = "text".equals(map.get("modality")) ? map.get("value") : map.get("text");
      return text instanceof String found ? Optional.of(found) : Optional.empty();
    }
    return part instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Returns the parts of messages that are not text, such as images: they get lost here. */
  List<String> otherParts() {
    String trimmed = text.strip();
    if (!trimmed.startsWith("[") && !trimmed.startsWith("- ")) {
      return List.of();
    }
    try {
      Object tree = YamlText.parse(trimmed, "prompt").tree();
      return (tree instanceof List<?> list ? list : List.of())
          .stream()
              .flatMap(it -> it instanceof Map<?, ?> map ? Stream.of(map) : Stream.empty())
              .flatMap(it -> it.get("content") instanceof List<?> parts ? parts.stream() : null)
              .filter(part -> textOf(part).isEmpty())
              .map(PromptTemplateText::kind)
              .toList();
    } catch (UnusableExchangeException e) {
      return List.of();
    }
  }

  private static String kind(Object part) {
    if (part instanceof Map<?, ?> map) {
      Object kind = map.get("modality") == null ? map.get("type") : map.get("modality");
      return String.valueOf(kind);
    }
    return "unknown";
  }
}
