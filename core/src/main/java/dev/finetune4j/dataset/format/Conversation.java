package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the messages of one record while they are read, in any format. Ties the results of tools
 * to their calls and checks the order of the messages. Not thread-safe.
 */
final class Conversation {
  private final Set<String> declaredTools;
  private final Pictures pictures;
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, OpenCall> open = new LinkedHashMap<>(2);
  private final Set<String> ids = new HashSet<>(2);
  private @Nullable Role before;
  private @Nullable RecordNode last;
  private boolean system;
  private boolean user;
  private boolean assistant;
  private boolean trained;
  private boolean unclear;

  /** Where a call and the name of its tool are in the record. */
  record CallPlace(RecordNode call, RecordNode name) {}

  /** A call that has no result yet. */
  private record OpenCall(String tool, RecordNode place) {}

  Conversation(Set<String> declaredTools) {
    this(declaredTools, Pictures.NONE);
  }

  /** Collects messages whose images may be a list beside them. */
  Conversation(Set<String> declaredTools, Pictures pictures) {
    this.declaredTools = declaredTools;
    this.pictures = pictures;
  }

  Pictures pictures() {
    return pictures;
  }

  List<Message> messages() {
    return messages;
  }

  boolean isEmpty() {
    return last == null;
  }

  /** Returns an id that no call has, for formats without ids: {@code call_0}, {@code call_1}. */
  String newId(int from) {
    int number = from;
    while (!ids.add("call_" + number)) {
      number++;
    }
    return "call_" + number;
  }

  /** Registers an id that the record gives to a call. */
  void useId(String id, RecordNode place) {
    if (!ids.add(id)) {
      place
          .at("id")
          .error(
              "duplicate-tool-call-id",
              "The id \"" + id + "\" is used by two calls.",
              "Give each call of a conversation its own id.");
    }
  }

  /** Adds a message whose role is not known; checks of the order allow for it. */
  void addUnclear(RecordNode place) {
    unclear = true;
    before = null;
    last = place;
  }

  /**
   * Adds a message.
   *
   * @param place where it is in the record
   * @param calls the places of its calls
   */
  void add(Message message, RecordNode place, List<CallPlace> calls) {
    if (message.role() != Role.TOOL) {
      reportOpenCalls();
    }
    for (int i = 0; i < message.toolCalls().size(); i++) {
      call(message.toolCalls().get(i), calls.get(i));
    }
    boolean instructs = isInstruction(message.role());
    if (instructs && last != null && before != null && !isInstruction(before)) {
      place.warning(
          "system-message-not-first",
          "A " + message.role().word() + " message appears after the conversation has begun.",
          "Move it to the beginning.");
    } else if (message.role() == before
        && (message.role() == Role.USER || message.role() == Role.ASSISTANT)) {
      place.note(
          "repeated-role",
          "Two messages with the role " + message.role().word() + " follow each other.",
          "Merge them, unless your requests look the same.");
    }
    system |= instructs;
    user |= message.role() == Role.USER;
    assistant |= message.role() == Role.ASSISTANT;
    trained |= message.trained();
    before = message.role();
    last = place;
    messages.add(message);
  }

  private static boolean isInstruction(Role role) {
    return role == Role.SYSTEM || role == Role.DEVELOPER;
  }

  /** Adds a message that another conversation has read and checked already. */
  void addRead(Message message, RecordNode place) {
    system |= isInstruction(message.role());
    user |= message.role() == Role.USER;
    before = message.role();
    last = place;
    messages.add(message);
  }

  /** Adds another call to the last message, for formats with one call in each turn. */
  void addCall(ToolCall call, CallPlace place, boolean isTrained) {
    Message message = messages.remove(messages.size() - 1);
    List<ToolCall> calls = new ArrayList<>(message.toolCalls());
    calls.add(call);
    messages.add(
        new Message(
            message.role(),
            message.content(),
            calls,
            message.toolCallId(),
            message.name(),
            message.trained() && isTrained));
    call(call, place);
  }

  private void call(ToolCall call, CallPlace place) {
    open.put(call.id(), new OpenCall(call.name(), place.call()));
    if (ToolGrammar.isName(call.name()) && !declaredTools.contains(call.name())) {
      place
          .name()
          .warning(
              "undeclared-tool",
              "The tool \"" + call.name() + "\" is called but not declared.",
              "Add it to tools, as in your requests.");
    }
  }

  /**
   * Returns the id of the earliest call without a result, of a tool or of any tool; null if there
   * is none. The call then counts as answered.
   */
  @Nullable String answerNext(@Nullable String tool) {
    for (Map.Entry<String, OpenCall> call : open.entrySet()) {
      if (tool == null || tool.equals(call.getValue().tool())) {
        open.remove(call.getKey());
        return call.getKey();
      }
    }
    return null;
  }

  /** Counts a call as answered; reports a result without a call. */
  void answer(String id, RecordNode place) {
    if (id.isBlank() || open.remove(id) != null) {
      return;
    }
    boolean known = ids.contains(id);
    place.error(
        known ? "repeated-tool-result" : "tool-result-without-call",
        known
            ? "The call \"" + id + "\" already has its result, or is too far back."
            : "No call before this result has the id \"" + id + "\".",
        "Put one result for each call directly after the message with the calls.");
  }

  private void reportOpenCalls() {
    open.forEach(
        (id, call) ->
            call.place()
                .error(
                    "tool-call-without-result",
                    "The call \"" + id + "\" has no result.",
                    "Add the tool message directly after the message with the call."));
    open.clear();
  }

  /** Checks the whole conversation as a prompt; {@code place} is the list of messages. */
  void finishPrompt(RecordNode place) {
    if (before != Role.ASSISTANT) {
      // A conversation may end with a call: the model then learns to make it.
      reportOpenCalls();
    }
    if (!user && !unclear) {
      place.warning(
          "missing-user-message",
          "There is no user message.",
          "Add the user's question, as your requests will contain it.");
    }
    if (!system) {
      place.note(
          "missing-system-message",
          "There is no system message.",
          "Add the one that your requests use, or leave it out of all examples.");
    }
  }

  /** Checks the whole conversation as one to train on. */
  void finishTraining(RecordNode place) {
    finishPrompt(place);
    if (!assistant) {
      // A message whose role is unknown may be the missing one; it already has a finding.
      if (!unclear) {
        place.error(
            "missing-assistant-message",
            "There is no assistant message, so there is nothing to learn.",
            "Add the answer that the model should give.");
      }
    } else if (last != null && before != null && before != Role.ASSISTANT) {
      last.error(
          "last-message-not-assistant",
          "The last message has the role " + before.word() + ".",
          "End with the assistant's answer.");
    } else if (!trained && !unclear) {
      place.error(
          "nothing-trained",
          "Every assistant message has the weight 0.",
          "Set the weight of the answer to learn to 1, or remove the line.");
    }
  }

  /** Returns the place of the last message if it has this role, else null. */
  @Nullable RecordNode lastIf(Role role) {
    return before == role ? last : null;
  }
}
