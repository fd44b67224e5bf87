package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code {"prompt": "...", "completion": "..."}}; both may also be lists of messages, as
 * TRL reads them. A prompt that is a string is a user message.
 */
final class PromptCompletionCodec extends Grammar<ChatExample> {
  private static final String RULE = "invalid-record";

  PromptCompletionCodec() {
    super("prompt-completion", ChatExample.class);
  }

  @Override
  @Nullable ChatExample read(RecordNode root) {
    List<ToolDefinition> tools = ToolGrammar.readTools(root);
    Conversation conversation = new Conversation(ToolGrammar.names(tools));
    Unpaired.refuse(root, true);
    side(root, "prompt", Role.USER, conversation);
    side(root, "completion", Role.ASSISTANT, conversation);
    root.warnOfUnread("an example");
    conversation.finishTraining(root);
    return root.failed() ? null : new ChatExample(conversation.messages(), tools);
  }

  private static void side(RecordNode root, String name, Role role, Conversation into) {
    RecordNode side = root.find(name);
    if (side == null) {
      root.fail(
          RULE,
          "The member \"" + name + "\" is missing.",
          "Add prompt and completion, each a string or a list of messages.");
    } else if (side.isList()) {
      side.items().forEach(message -> MessageGrammar.read(message, into));
    } else {
      String text = side.text(RULE, "Write it as a string or as a list of messages.");
      MessageGrammar.checkText(side);
      into.add(Message.of(role, text), side, List.of());
    }
  }

  @Override
  public Map<String, @Nullable Object> toRecord(ChatExample example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(4);
    record.put(
        "prompt",
        example.prompt().stream()
            .map(Message::text)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n\n")));
    record.put("completion", example.answer());
    return record;
  }

  @Override
  public List<String> lostInWriting(ChatExample example) {
    List<String> lost = ConversionLosses.ofTexts(example);
    if (example.prompt().size() != 1 || example.prompt().get(0).role() != Role.USER) {
      lost.add("roles of the prompt messages");
    }
    return lost;
  }
}
