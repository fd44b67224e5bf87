package dev.finetune4j.dataset.validation;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a single message: its role, content and tool calls. */
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
  private static final Set<String> IMAGE_DETAILS = Set.of("auto", "low", "high");
  private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final String INVALID_CALL = "invalid-tool-call";

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
            "Unknown member \"" + member.getKey() + "\" of a message.",
            "Remove it, or rename it to role, content, name, weight, tool_calls or tool_call_id.");
      }
    }
    String role = role(message, path, out);
    name(message, path, out);
    weight(message, role, path, out);
    content(message, role, path, out);
    toolCalls(message, role, path, out);
  }

  private static String role(Map<?, ?> message, String path, RecordFindings out) {
    Object role = message.get("role");
    if (role == null) {
      out.error(
          "missing-role",
          path,
          "A message has no role.",
          "Add the role: system, user, assistant or tool.");
      return "";
    }
    if (!(role instanceof String word) || !ROLES.contains(word)) {
      out.error(
          "unknown-role",
          path + ".role",
          "Unknown role " + Json.write(role) + ".",
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
          "A message with the role " + role + " has a weight.",
          "Remove it: only assistant messages are trained on.");
    } else if (!isZeroOrOne(weight)) {
      out.error(
          "invalid-weight",
          path + ".weight",
          "The weight is " + Json.write(weight) + ".",
          "Use 1 to train on the message, or 0 to leave it out.");
    }
  }

  private static boolean isZeroOrOne(Object weight) {
    return weight instanceof Number number
        && (number.doubleValue() == 0 || number.doubleValue() == 1);
  }

  private static void content(Map<?, ?> message, String role, String path, RecordFindings out) {
    Object content = message.get("content");
    boolean otherContent =
        message.get("tool_calls") != null
            || message.get("function_call") != null
            || message.get("refusal") != null;
    if (content == null) {
      if (!(role.equals("assistant") && otherContent)) {
        out.error(
            "missing-content",
            path,
            "A message has no content.",
            "Add the text; only an assistant that calls tools may leave it out.");
      }
    } else if (content instanceof String text) {
      if (text.isBlank() && !otherContent) {
        out.error(
            "empty-content",
            path + ".content",
            "The content is " + (text.isEmpty() ? "empty" : "only white space") + ".",
            "Write what is said, or remove the message.");
      }
    } else if (content instanceof List<?> parts) {
      parts(parts, role, path + ".content", out);
    } else {
      out.error(
          "invalid-content",
          path + ".content",
          "The content is " + Json.kind(content) + ".",
          "Write it as a string, or as a list of parts.");
    }
  }

  static void parts(List<?> parts, String role, String path, RecordFindings out) {
    if (parts.isEmpty()) {
      out.error(
          "empty-content",
          path,
          "The content is an empty list.",
          "Write what is said, or remove the message.");
    }
    for (int i = 0; i < parts.size(); i++) {
      part(parts.get(i), role, path + "[" + i + "]", out);
    }
  }

  private static void part(@Nullable Object item, String role, String path, RecordFindings out) {
    if (!(item instanceof Map<?, ?> part) || !(part.get("type") instanceof String type)) {
      out.error(
          "invalid-content-part",
          path,
          "A part of the content is not an object with a type.",
          "Write it as {\"type\":\"text\",\"text\":\"...\"}.");
      return;
    }
    switch (type) {
      case "text", "refusal" -> textPart(part, type, role, path, out);
      case "image_url" -> imagePart(part, role, path, out);
      default ->
          out.error(
              "invalid-content-part",
              path + ".type",
              "Unsupported content type \"" + type + "\".",
              "Use text or image_url, or refusal in an assistant message.");
    }
  }

  private static void textPart(
      Map<?, ?> part, String type, String role, String path, RecordFindings out) {
    if (type.equals("refusal") && !role.equals("assistant")) {
      out.error(
          "invalid-content-part",
          path + ".type",
          "A message with the role " + role + " contains a refusal.",
          "Use a text part: only the assistant can refuse.");
    } else if (!(part.get(type) instanceof String text)) {
      out.error(
          "invalid-content-part",
          path,
          "A part with the type \"" + type + "\" has no string \"" + type + "\".",
          "Add it.");
    } else if (text.isBlank()) {
      out.error(
          "empty-content",
          path + "." + type,
          "A part of the content is empty.",
          "Remove the part.");
    }
  }

  private static void imagePart(Map<?, ?> part, String role, String path, RecordFindings out) {
    if (!role.isEmpty() && !role.equals("user")) {
      out.error(
          "misplaced-image",
          path,
          "A message with the role " + role + " contains an image.",
          "Move it into a user message: images are not trained on elsewhere.");
    }
    Object image = part.get("image_url");
    Object location = image instanceof Map<?, ?> map ? map.get("url") : null;
    if (!(location instanceof String url) || !isImageLocation(url)) {
      out.error(
          "invalid-image",
          path + ".image_url",
          "The image has no usable URL.",
          "Write image_url as an object whose url begins with https://, http:// or data:image/.");
    }
    Object detail = image instanceof Map<?, ?> map ? map.get("detail") : null;
    if (detail != null && !IMAGE_DETAILS.contains(detail)) {
      out.error(
          "invalid-image",
          path + ".image_url.detail",
          "Unknown image detail " + Json.write(detail) + ".",
          "Use auto, low or high.");
    }
  }

  private static boolean isImageLocation(String url) {
    return url.startsWith("https://") || url.startsWith("http://") || url.startsWith("data:image/");
  }

  static boolean isToolName(@Nullable Object name) {
    return name instanceof String text && TOOL_NAME.matcher(text).matches();
  }

  static void toolCalls(Map<?, ?> message, String role, String path, RecordFindings out) {
    Object calls = message.get("tool_calls");
    Object legacy = message.get("function_call");
    if ((calls != null || legacy != null) && !role.isEmpty() && !role.equals("assistant")) {
      out.error(
          "misplaced-tool-call",
          path,
          "A message with the role " + role + " calls a tool.",
          "Move the call into an assistant message.");
    } else if (calls != null) {
      calls(calls, path + ".tool_calls", out);
    }
    if (legacy != null) {
      function(legacy, path + ".function_call", out);
    }
    Object id = message.get("tool_call_id");
    if (role.equals("tool") && !(id instanceof String text && !text.isBlank())) {
      out.error(
          "missing-tool-call-id",
          path,
          "A tool result does not name the call that it answers.",
          "Add tool_call_id with the id of the call.");
    }
  }

  private static void calls(Object calls, String path, RecordFindings out) {
    if (!(calls instanceof List<?> list) || list.isEmpty()) {
      out.error(
          INVALID_CALL,
          path,
          "The tool calls are "
              + (calls instanceof List ? "an empty list" : Json.kind(calls))
              + ".",
          "Write a list of calls, or leave the member out.");
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      call(list.get(i), path + "[" + i + "]", out);
    }
  }

  private static void call(@Nullable Object item, String path, RecordFindings out) {
    if (!(item instanceof Map<?, ?> call)) {
      out.error(
          INVALID_CALL,
          path,
          "A tool call is " + Json.kind(item) + ".",
          "Write an object with id, type and function.");
      return;
    }
    if (!(call.get("id") instanceof String id && !id.isBlank())) {
      out.error(
          INVALID_CALL, path, "A tool call has no id.", "Add an id, and repeat it in the result.");
    }
    if (!"function".equals(call.get("type"))) {
      out.error(
          INVALID_CALL,
          path,
          "A tool call does not have the type function.",
          "Add \"type\":\"function\".");
    }
    function(call.get("function"), path + ".function", out);
  }

  private static void function(@Nullable Object item, String path, RecordFindings out) {
    if (!(item instanceof Map<?, ?> function)) {
      out.error(
          INVALID_CALL,
          path,
          "A tool call has no function.",
          "Add an object with name and arguments.");
      return;
    }
    if (!isToolName(function.get("name"))) {
      out.error(
          INVALID_CALL,
          path + ".name",
          "The name of the tool is missing or invalid.",
          "Use 1 to 64 letters, digits, underscores and dashes.");
    }
    Object arguments = function.get("arguments");
    if (!(arguments instanceof String json)) {
      out.error(
          "invalid-tool-arguments",
          path + ".arguments",
          "The arguments are " + Json.kind(arguments) + ".",
          "Write them as a string that contains a JSON object.");
    } else if (!isObject(json)) {
      out.error(
          "invalid-tool-arguments",
          path + ".arguments",
          "The arguments are a string, but not a JSON object.",
          "Correct the JSON: the model would learn to write it this way.");
    }
  }

  private static boolean isObject(String json) {
    try {
      return Json.parse(json) instanceof Map;
    } catch (JsonSyntaxException e) {
      return false;
    }
  }
}
