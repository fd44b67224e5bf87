package dev.finetune4j.dataset.validation;

import dev.finetune4j.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of a single message. */
final class MessageCheck {
  static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");
  private static final Set<String> KEYS =
      Set.of(
          "role",
          "content",
          "name",
          "weight",
          "refusal",
          "tool_calls",
          "tool_call_id",
          "function_call");

  private MessageCheck() {}

  static void check(@Nullable Object item, String path, RecordFindings out) {
    if (!(item instanceof Map<?, ?> message)) {
      out.error(
          "invalid-message",
          path,
          "A message is " + Json.kind(item) + ".",
          "Write each message as an object with role and content.");
      return;
    }
    for (Map.Entry<?, ?> member : message.entrySet()) {
      if (!KEYS.contains(member.getKey()) && member.getValue() != null) {
        out.error(
            "unknown-key",
            path + "." + member.getKey(),
            "A message has no member \"" + member.getKey() + "\".",
            "Remove it, or rename it to role, content, name, weight, tool_calls or tool_call_id.");
      }
    }
    String role = role(message, path, out);
    name(message, path, out);
    weight(message, role, path, out);
    content(message, role, path, out);
    ToolCallCheck.check(message, role, path, out);
  }

  private static String role(Map<?, ?> message, String path, RecordFindings out) {
    Object role = message.get("role");
    if (role == null) {
      out.error(
          "missing-role",
          path,
          "A message has no role.",
          "Add who speaks: system, user, assistant.");
      return "";
    }
    if (!(role instanceof String word) || !ROLES.contains(word)) {
      out.error(
          "unknown-role",
          path + ".role",
          "The role " + Json.write(role) + " is not known.",
          "Use system, developer, user, assistant or tool.");
      return "";
    }
    return word;
  }

  private static void name(Map<?, ?> message, String path, RecordFindings out) {
    Object name = message.get("name");
    if (name != null && !(name instanceof String text && !text.isBlank())) {
      out.error(
          "invalid-name",
          path + ".name",
          "The name is " + (name instanceof String ? "empty" : Json.kind(name)) + ".",
          "Write it as a string, or leave it out.");
    }
  }

  private static void weight(Map<?, ?> message, String role, String path, RecordFindings out) {
    Object weight = message.get("weight");
    if (weight == null) {
      return;
    }
    if (!role.isEmpty() && !role.equals("assistant")) {
      out.error(
          "misplaced-weight",
          path + ".weight",
          "A message of the role " + role + " has a weight.",
          "Remove it: only an assistant's message is trained.");
    } else if (!isZeroOrOne(weight)) {
      out.error(
          "invalid-weight",
          path + ".weight",
          "The weight is " + Json.write(weight) + ".",
          "Use 1 to train the message and 0 to leave it out.");
    }
  }

  private static boolean isZeroOrOne(Object weight) {
    return weight instanceof Number number
        && (number.doubleValue() == 0 || number.doubleValue() == 1);
  }

  private static void content(Map<?, ?> message, String role, String path, RecordFindings out) {
    Object content = message.get("content");
    boolean saysElse =
        message.get("tool_calls") != null
            || message.get("function_call") != null
            || message.get("refusal") != null;
    if (content == null) {
      if (!(role.equals("assistant") && saysElse)) {
        out.error(
            "missing-content",
            path,
            "A message has no content.",
            "Add the text; only an assistant that calls tools may leave it out.");
      }
    } else if (content instanceof String text) {
      if (text.isBlank() && !saysElse) {
        out.error(
            "empty-content",
            path + ".content",
            "The content is " + (text.isEmpty() ? "empty" : "only white space") + ".",
            "Write what is said, or remove the message.");
      }
    } else if (content instanceof List<?> parts) {
      PartCheck.check(parts, role, path + ".content", out);
    } else {
      out.error(
          "invalid-content",
          path + ".content",
          "The content is " + Json.kind(content) + ".",
          "Write it as a string, or as a list of parts.");
    }
  }
}
