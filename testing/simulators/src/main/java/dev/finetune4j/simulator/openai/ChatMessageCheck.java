package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the messages of a training example. */
final class ChatMessageCheck {
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");
  private static final Set<String> MEMBERS =
      Set.of(
          "role",
          "content",
          "name",
          "weight",
          "tool_calls",
          "tool_call_id",
          "function_call",
          "refusal");
  private static final List<String> SPECIAL_TOKENS =
      List.of("<|endoftext|>", "<|fim_suffix|>", "<|im_start|>", "<|im_end|>");

  private ChatMessageCheck() {}

  static String problem(List<JsonObject> messages) {
    for (int i = 0; i < messages.size(); i++) {
      String wrong = problem(messages.get(i));
      if (!wrong.isEmpty()) {
        return "message " + i + " " + wrong;
      }
    }
    return "";
  }

  private static String problem(JsonObject message) {
    String role = message.findString("role").orElse("");
    if (!ROLES.contains(role)) {
      return "has the role '" + role + "'; allowed are " + ROLES.stream().sorted().toList();
    }
    for (String member : message.asMap().keySet()) {
      if (!MEMBERS.contains(member)) {
        return "has the unexpected key '" + member + "'";
      }
    }
    @Nullable Object weight = message.asMap().get("weight");
    if (weight != null && (!role.equals("assistant") || !isZeroOrOne(weight))) {
      return "has a weight that is not 0 or 1 on an assistant message";
    }
    boolean calls = message.has("tool_calls") || message.has("function_call");
    if (text(message).isEmpty() && !(role.equals("assistant") && calls)) {
      return "has no content";
    }
    if (role.equals("tool") && message.findString("tool_call_id").isEmpty()) {
      return "is of a tool and has no tool_call_id";
    }
    for (String token : SPECIAL_TOKENS) {
      if (text(message).contains(token)) {
        return "holds the special token " + token;
      }
    }
    return "";
  }

  /** Returns the text of a message, of several parts one after the other. */
  static String text(JsonObject message) {
    @Nullable Object content = message.asMap().get("content");
    if (content instanceof String text) {
      return text;
    }
    StringBuilder text = new StringBuilder();
    if (content instanceof List<?> parts) {
      for (Object part : parts) {
        if (part instanceof Map<?, ?> map) {
          Object words = map.get("text");
          text.append(words instanceof String ? words : "[" + map.get("type") + "]");
        }
      }
    }
    return text.toString();
  }

  /** Returns the text of the last message of a role; empty if there is no such message. */
  static String last(List<JsonObject> messages, String role) {
    String last = "";
    for (JsonObject message : messages) {
      if (role.equals(message.findString("role").orElse(""))) {
        last = text(message);
      }
    }
    return last;
  }

  static boolean hasRole(List<JsonObject> messages, String role) {
    return messages.stream()
        .anyMatch(message -> role.equals(message.findString("role").orElse("")));
  }

  private static boolean isZeroOrOne(Object weight) {
    return weight instanceof Number number
        && (number.doubleValue() == 0 || number.doubleValue() == 1);
  }
}
