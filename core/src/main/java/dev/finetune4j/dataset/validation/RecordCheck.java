package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.format.ExampleCodec;
import dev.finetune4j.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks whole records in OpenAI's formats; records in other formats are converted first. */
final class RecordCheck {
  private static final Set<String> CHAT_KEYS =
      Set.of("messages", "tools", "parallel_tool_calls", "functions", "function_call");
  private static final Set<String> PREFERENCE_KEYS =
      Set.of(
          "input",
          "preferred_output",
          "non_preferred_output",
          "preferred_completion",
          "non_preferred_completion");

  private RecordCheck() {}

  /** Returns whether records of this codec can be checked as written, before they are decoded. */
  static boolean knows(ExampleCodec<?> codec) {
    return codec.name().startsWith("openai-");
  }

  static void check(Class<?> exampleType, Map<?, ?> record, RecordFindings out) {
    if (exampleType == ChatExample.class) {
      unknownKeys(record, CHAT_KEYS, out);
      Set<String> tools = ToolCheck.declarations(record, "$", out);
      conversation(record.get("messages"), "$.messages", tools, Purpose.TRAINING, out);
    } else if (exampleType == PreferenceExample.class) {
      preference(record, out);
    } else {
      reinforcement(record, out);
    }
  }

  private static void unknownKeys(Map<?, ?> record, Set<String> known, RecordFindings out) {
    for (Object key : record.keySet()) {
      if (!known.contains(key)) {
        out.warning(
            "unknown-key",
            "$." + key,
            "Unknown member \"" + key + "\" of an example.",
            "Remove it: it is not used in training, and some services reject it.");
      }
    }
  }

  private static void reinforcement(Map<?, ?> record, RecordFindings out) {
    Set<String> tools = ToolCheck.declarations(record, "$", out);
    Object messages = record.get("messages");
    conversation(messages, "$.messages", tools, Purpose.PROMPT, out);
    if (messages instanceof List<?> list && !list.isEmpty()) {
      int last = list.size() - 1;
      String role = role(list.get(last));
      if (!role.isEmpty() && !role.equals("user")) {
        out.error(
            "last-message-not-user",
            "$.messages[" + last + "]",
            "The last message has the role " + role + ".",
            "End with the user's message: the model samples its own answer.");
      }
    }
    boolean reference =
        record.keySet().stream().anyMatch(key -> !key.equals("messages") && !key.equals("tools"));
    if (!reference) {
      out.warning(
          "missing-reference",
          "$",
          "Besides the messages there is nothing for a grader to compare with.",
          "Add a member such as reference_answer to every line.");
    }
  }

  private static void preference(Map<?, ?> record, RecordFindings out) {
    unknownKeys(record, PREFERENCE_KEYS, out);
    if (record.get("input") instanceof Map<?, ?> input) {
      Set<String> tools = ToolCheck.declarations(input, "$.input", out);
      Object messages = input.get("messages");
      conversation(messages, "$.input.messages", tools, Purpose.PROMPT, out);
      if (messages instanceof List<?> list
          && !list.isEmpty()
          && role(list.get(list.size() - 1)).equals("assistant")) {
        out.warning(
            "prompt-ends-with-answer",
            "$.input.messages[" + (list.size() - 1) + "]",
            "The input ends with an assistant message.",
            "End it before the answer, and put the answers in the two outputs.");
      }
    } else {
      out.error(
          "missing-input",
          "$",
          "The member \"input\" is " + shown(record.get("input")) + ".",
          "Add an object with the messages before the answer.");
    }
    Object preferred = output(record, "preferred", out);
    Object rejected = output(record, "non_preferred", out);
    if (preferred instanceof Map<?, ?> a
        && rejected instanceof Map<?, ?> b
        && Objects.equals(a.get("content"), b.get("content"))
        && Objects.equals(a.get("tool_calls"), b.get("tool_calls"))) {
      out.error(
          "equal-pair",
          "$.non_preferred_output",
          "Both answers are the same, so neither can be preferred.",
          "Remove the line, or correct one of them.");
    }
  }

  /** Checks one side of a pair and returns its answer, null if it has none. */
  private static @Nullable Object output(Map<?, ?> record, String side, RecordFindings out) {
    String name = side + "_output";
    Object output = record.get(name);
    if (output == null && record.get(side + "_completion") != null) {
      name = side + "_completion";
      output = record.get(name);
      out.warning(
          "renamed-member",
          "$." + name,
          "The member was renamed to \"" + side + "_output\".",
          "Rename it: services reject the old name.");
    }
    if (output == null) {
      out.error(
          "missing-output",
          "$",
          "The member \"" + name + "\" is missing.",
          "Add a list with one assistant message.");
      return null;
    }
    if (!(output instanceof List<?> list) || list.size() != 1) {
      out.error(
          "invalid-output",
          "$." + name,
          "The output is "
              + (output instanceof List<?> many ? "a list of " + many.size() : Json.kind(output))
              + ".",
          "Write a list with one assistant message.");
      return null;
    }
    MessageCheck.check(list.get(0), "$." + name + "[0]", out);
    String role = role(list.get(0));
    if (!role.isEmpty() && !role.equals("assistant")) {
      out.error(
          "invalid-output",
          "$." + name + "[0].role",
          "The answer has the role " + role + ".",
          "Use an assistant message.");
    }
    return list.get(0);
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "missing" : Json.kind(value);
  }

  /** What a list of messages is for; decides how it must end. */
  enum Purpose {
    /** A whole conversation to train on. */
    TRAINING,
    /** The messages before the answer. */
    PROMPT
  }

  static void conversation(
      @Nullable Object value, String path, Set<String> tools, Purpose purpose, RecordFindings out) {
    if (value == null) {
      out.error(
          "missing-messages",
          path.substring(0, path.lastIndexOf('.')),
          "The member \"messages\" is missing.",
          "Add the list of messages.");
    } else if (!(value instanceof List<?> messages)) {
      out.error(
          "invalid-messages",
          path,
          "The messages are " + Json.kind(value) + ".",
          "Write them as a list.");
    } else if (messages.isEmpty()) {
      out.error(
          "empty-messages", path, "The list of messages is empty.", "Fill it, or remove the line.");
    } else {
      for (int i = 0; i < messages.size(); i++) {
        MessageCheck.check(messages.get(i), path + "[" + i + "]", out);
      }
      ToolCheck.check(messages, path, tools, out);
      order(messages, path, out);
      if (purpose == Purpose.TRAINING) {
        ending(messages, path, out);
      }
    }
  }

  private static void order(List<?> messages, String path, RecordFindings out) {
    boolean system = false;
    boolean user = false;
    boolean unclear = false;
    String before = "";
    for (int i = 0; i < messages.size(); i++) {
      String role = role(messages.get(i));
      boolean instructs = role.equals("system") || role.equals("developer");
      if (instructs && i > 0 && !before.equals("system") && !before.equals("developer")) {
        out.warning(
            "system-message-not-first",
            path + "[" + i + "]",
            "A " + role + " message appears after the conversation has begun.",
            "Move it to the beginning.");
      } else if (role.equals(before) && (role.equals("user") || role.equals("assistant"))) {
        out.note(
            "repeated-role",
            path + "[" + i + "]",
            "Two messages with the role " + role + " follow each other.",
            "Merge them, unless your requests look the same.");
      }
      system |= instructs;
      user |= role.equals("user");
      unclear |= role.isEmpty();
      before = role;
    }
    if (!user && !unclear) {
      out.warning(
          "missing-user-message",
          path,
          "There is no user message.",
          "Add the user's question, as your requests will contain it.");
    }
    if (!system) {
      out.note(
          SetFindings.NO_SYSTEM,
          path,
          "There is no system message.",
          "Add the system message that your requests use, or leave it out of all examples.");
    }
  }

  private static void ending(List<?> messages, String path, RecordFindings out) {
    int last = messages.size() - 1;
    boolean assistant = false;
    boolean trained = false;
    boolean unclear = false;
    for (Object item : messages) {
      String role = role(item);
      unclear |= role.isEmpty();
      if (role.equals("assistant")) {
        assistant = true;
        Object weight = ((Map<?, ?>) item).get("weight");
        trained |= !(weight instanceof Number number && number.doubleValue() == 0);
      }
    }
    if (!assistant) {
      // A message whose role is unknown may be the missing one; it already has a finding.
      if (!unclear) {
        out.error(
            "missing-assistant-message",
            path,
            "There is no assistant message, so there is nothing to learn.",
            "Add the answer that the model should give.");
      }
    } else if (!role(messages.get(last)).equals("assistant")
        && !role(messages.get(last)).isEmpty()) {
      out.error(
          "last-message-not-assistant",
          path + "[" + last + "]",
          "The last message has the role " + role(messages.get(last)) + ".",
          "End with the assistant's answer.");
    } else if (!trained) {
      out.error(
          "nothing-trained",
          path,
          "Every assistant message has the weight 0.",
          "Set the weight of the answer to learn to 1, or remove the line.");
    }
  }

  static String role(@Nullable Object item) {
    return item instanceof Map<?, ?> message
            && message.get("role") instanceof String role
            && MessageCheck.ROLES.contains(role)
        ? role
        : "";
  }
}
