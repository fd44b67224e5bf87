package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message with a role and content, as OpenAI, Hugging Face and others write it; reads the older
 * function messages as tool messages.
 */
final class MessageGrammar {
  private static final List<String> REASONING = List.of("reasoning_content", "thinking");

  private MessageGrammar() {}

  /** Reads a list of messages that is a member of {@code holder}. */
  static void readList(RecordNode holder, String member, Conversation into) {
    RecordNode list = holder.find(member);
    if (list == null) {
      holder.fail(
          "missing-messages",
          "The member \"" + member + "\" is missing.",
          "Add the list of messages.");
    } else if (!list.isList()) {
      list.fail(
          "invalid-messages", "The messages are " + list.kind() + ".", "Write them as a list.");
    } else if (list.items().isEmpty()) {
      list.error(
          "empty-messages", "The list of messages is empty.", "Fill it, or remove the line.");
    } else {
      list.items().forEach(message -> read(message, into));
    }
  }

  /** Reads a message and adds it to the conversation. */
  static void read(RecordNode node, Conversation into) {
    if (!node.isObject()) {
      node.fail(
          "invalid-message",
          "A message is " + node.kind() + ".",
          "Write each message as an object with role and content.");
      into.addUnclear(node);
      return;
    }
    RecordNode roleNode = node.find("role");
    RecordNode nameNode = node.find("name");
    RecordNode contentNode = node.find("content");
    RecordNode callList = node.find("tool_calls");
    RecordNode functionCall = node.find("function_call");
    RecordNode resultOf = node.find("tool_call_id");
    RecordNode refusal = node.find("refusal");
    String word = role(node, roleNode);
    boolean trained = readTrained(node, word, false);
    reportUnread(node);
    Optional<String> name = name(nameNode);
    List<ContentPart> content = new ArrayList<>();
    content(
        node,
        contentNode,
        word,
        callList != null || functionCall != null || refusal != null,
        into,
        content);
    if (refusal != null) {
      content.add(
          new ContentPart.Refusal(refusal.text("invalid-refusal", "Write it as a string.")));
    }
    List<ToolCall> calls = new ArrayList<>(0);
    List<Conversation.CallPlace> places = new ArrayList<>(0);
    if ((callList != null || functionCall != null)
        && !word.isEmpty()
        && !word.equals("assistant")) {
      node.fail(
          "misplaced-tool-call",
          "A message with the role " + word + " calls a tool.",
          "Move the call into an assistant message.");
    } else {
      if (callList != null) {
        ToolGrammar.readCalls(callList, into, calls, places);
      }
      ToolCall call =
          functionCall == null ? null : ToolGrammar.readCall(functionCall, into.newId(0), true);
      if (functionCall != null && call != null) {
        calls.add(call);
        places.add(new Conversation.CallPlace(functionCall, functionCall.at("name")));
      }
    }
    for (RecordNode part : contentNode == null ? List.<RecordNode>of() : contentNode.items()) {
      if (ContentGrammar.isCall(part)) {
        ContentGrammar.readCalls(part, word, into, calls, places);
      }
    }
    Optional<String> answered = answered(node, word, nameNode, resultOf, into);
    if (word.isEmpty()) {
      into.addUnclear(node);
    } else {
      Role role = word.equals("function") ? Role.TOOL : Role.find(word).orElseThrow();
      into.add(new Message(role, content, calls, answered, name, trained), node, places);
    }
  }

  private static void reportUnread(RecordNode node) {
    for (String reasoning : REASONING) {
      RecordNode found = node.find(reasoning);
      if (found != null && !"".equals(found.value())) {
        found.warning(
            "not-kept",
            "The reasoning in \"" + reasoning + "\" is not kept.",
            "Write it into the content, if the model should learn it.");
      }
    }
    RecordNode prefix = node.find("prefix");
    if (prefix != null && !Boolean.FALSE.equals(prefix.value())) {
      prefix.warning(
          "not-kept",
          "The member \"prefix\" is not kept.",
          "Remove it: it marks the beginning of an answer, and training needs the whole answer.");
    }
    for (String name : node.unread()) {
      node.at(name)
          .error(
              "unknown-key",
              "Unknown member \"" + name + "\" of a message.",
              "Remove it, or rename it to role, content, name, weight, tool_calls or tool_call_id.");
    }
  }

  /** Returns the role in lower case, empty after reporting that it is unknown. */
  private static String role(RecordNode node, @Nullable RecordNode role) {
    if (role == null) {
      node.fail(
          "missing-role",
          "A message has no role.",
          "Add the role: system, user, assistant or tool.");
      return "";
    }
    if (role.value() instanceof String word
        && (word.equals("function") || Role.find(word).isPresent())) {
      return word;
    }
    role.fail(
        "unknown-role",
        "Unknown role " + Json.write(role.value()) + ".",
        "Use system, developer, user, assistant or tool.");
    return "";
  }

  private static Optional<String> name(@Nullable RecordNode name) {
    if (name == null) {
      return Optional.empty();
    }
    if (!(name.value() instanceof String text)) {
      name.fail(
          "invalid-name",
          "The name is " + name.kind() + ".",
          "Write it as a string, or leave it out.");
      return Optional.empty();
    }
    if (text.isBlank()) {
      name.error("invalid-name", "The name is empty.", "Write it as a string, or leave it out.");
    }
    return Optional.of(text);
  }

  private static void content(
      RecordNode message,
      @Nullable RecordNode content,
      String role,
      boolean otherContent,
      Conversation into,
      List<ContentPart> parts) {
    if (content == null) {
      if (!(role.equals("assistant") && otherContent)) {
        message.error(
            "missing-content",
            "A message has no content.",
            "Add the text; only an assistant that calls tools may leave it out.");
      }
    } else if (content.value() instanceof String text) {
      if (!otherContent) {
        checkText(content);
      }
      List<ContentPart> withImages =
          role.equals("user") ? into.pictures().parts(text, content) : List.of();
      parts.addAll(withImages.isEmpty() ? List.of(new ContentPart.Text(text)) : withImages);
    } else if (content.isList()) {
      List<RecordNode> items = content.items();
      if (items.isEmpty()) {
        content.error(
            "empty-content",
            "The content is an empty list.",
            "Write what is said, or remove the message.");
      }
      items.forEach(item -> ContentGrammar.read(item, role, into.pictures(), parts));
      boolean called = items.stream().anyMatch(ContentGrammar::isCall);
      if (parts.isEmpty() && !items.isEmpty() && !called && !content.failed()) {
        content.error(
            "empty-content",
            "Nothing of the content is kept.",
            "Write what is said, or remove the message.");
      }
    } else {
      content.fail(
          "invalid-content",
          "The content is " + content.kind() + ".",
          "Write it as a string, or as a list of parts.");
    }
  }

  /** Reports a text that is empty. */
  static void checkText(RecordNode content) {
    if (content.value() instanceof String text && text.isBlank()) {
      content.error(
          "empty-content",
          "The content is " + (text.isEmpty() ? "empty" : "only white space") + ".",
          "Write what is said, or remove the message.");
    }
  }

  private static Optional<String> answered(
      RecordNode message,
      String role,
      @Nullable RecordNode name,
      @Nullable RecordNode resultOf,
      Conversation into) {
    if (!role.equals("tool") && !role.equals("function")) {
      return Optional.ofNullable(resultOf)
          .map(node -> node.text("invalid-tool-call-id", "Write the id as a string."));
    }
    if (resultOf != null) {
      String id = resultOf.text("invalid-tool-call-id", "Write the id as a string.");
      if (!id.isBlank()) {
        into.answer(id, resultOf);
        return Optional.of(id);
      }
    }
    String tool = name != null && name.value() instanceof String word ? word : null;
    String id = into.answerNext(tool);
    if (id == null) {
      if (role.equals("function")) {
        message.error(
            "tool-result-without-call",
            "No function was called before this result.",
            "Put the result directly after the message with the call.");
        return Optional.of("");
      }
      message.error(
          "missing-tool-call-id",
          "A tool result does not name the call that it answers.",
          "Add tool_call_id with the id of the call.");
      return Optional.empty();
    }
    if (role.equals("tool")) {
      message.note(
          ToolGrammar.HUGGING_FACE,
          "A tool result does not name the call that it answers; it is read as the result of the"
              + " next call.",
          "Nothing to do here; to upload the file by other means, add tool_call_id.");
    }
    return Optional.of(id);
  }

  /**
   * Reads whether a message is trained on: {@code weight} (0 or 1), or axolotl's {@code train} and
   * {@code training}.
   *
   * @param everyTurn whether turns of others than the assistant may have the weight 0
   */
  static boolean readTrained(RecordNode message, String role, boolean everyTurn) {
    boolean trained = true;
    // LLaMA-Factory's newer files write loss_weight into every message.
    boolean lossWeight = !message.has("weight") && message.has("loss_weight");
    RecordNode weight = message.find(lossWeight ? "loss_weight" : "weight");
    if (weight != null) {
      double value = weight.value() instanceof Number number ? number.doubleValue() : Double.NaN;
      boolean harmless = value == 0 && (everyTurn || lossWeight);
      if (!role.isEmpty() && !role.equals("assistant") && !harmless) {
        weight.error(
            "misplaced-weight",
            "A message with the role " + role + " has a weight.",
            "Remove it: only assistant messages are trained on.");
      } else if (value != 0 && value != 1) {
        weight.fail(
            "invalid-weight",
            "The weight is " + Json.write(weight.value()) + ".",
            "Use 1 to train on the message, or 0 to leave it out.");
      }
      trained = value != 0;
    }
    for (String name : List.of("train", "training")) {
      RecordNode flag = message.find(name);
      if (flag != null && flag.value() instanceof Boolean on) {
        trained &= on;
      } else if (flag != null) {
        flag.fail(
            "invalid-weight",
            "The member \"" + name + "\" is " + flag.kind() + ".",
            "Use true to train on the message, or false to leave it out.");
      }
    }
    return trained;
  }
}
