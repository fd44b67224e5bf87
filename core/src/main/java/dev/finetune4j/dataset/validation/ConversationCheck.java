package dev.finetune4j.dataset.validation;

import dev.finetune4j.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of a list of messages: what it must hold, and in which order. */
final class ConversationCheck {
  private ConversationCheck() {}

  /** What a list of messages is for, which decides how it must end. */
  enum Purpose {
    /** A whole conversation that the model learns. */
    TRAINING,
    /** What comes before the answer. */
    PROMPT
  }

  static void check(
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
      ToolOrderCheck.check(messages, path, tools, out);
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
            "A " + role + " message stands after the conversation has begun.",
            "Move it to the beginning.");
      } else if (role.equals(before) && (role.equals("user") || role.equals("assistant"))) {
        out.note(
            "repeated-role",
            path + "[" + i + "]",
            "Two messages of the role " + role + " stand in a row.",
            "Join them, unless requests look the same.");
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
          "No message is a user's.",
          "Add what the user asks, as requests will have it.");
    }
    if (!system) {
      out.note(
          SetFindings.NO_SYSTEM,
          path,
          "There is no system message.",
          "Add the one that requests will have, or leave it out of all examples.");
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
      // Where a role is unknown, that message may be the missing one, and has its finding already.
      if (!unclear) {
        out.error(
            "missing-assistant-message",
            path,
            "No message is the assistant's, so there is nothing to learn.",
            "Add the answer that the model should give.");
      }
    } else if (!role(messages.get(last)).equals("assistant")
        && !role(messages.get(last)).isEmpty()) {
      out.error(
          "last-message-not-assistant",
          path + "[" + last + "]",
          "The last message is of the role " + role(messages.get(last)) + ".",
          "End with the assistant's answer.");
    } else if (!trained) {
      out.error(
          "nothing-trained",
          path,
          "Every message of the assistant has the weight 0.",
          "Give the answer to learn the weight 1, or remove the line.");
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
