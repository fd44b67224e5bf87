package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.ExampleRecords;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Unpaired preference data (KTO): an answer and a label that says whether it is wanted. The record
 * may otherwise be prompt-completion, Alpaca, ShareGPT or a list of messages.
 */
final class UnpairedCodec extends Grammar<PromptExample> {
  private final TurnLayout layout;
  private final String between;

  UnpairedCodec(TurnLayout layout, String between) {
    super("unpaired-preference", PromptExample.class);
    this.layout = layout;
    this.between = between;
  }

  @Override
  @Nullable PromptExample read(RecordNode root) {
    root.allowLabel();
    Boolean label = Unpaired.read(root);
    ChatExample chat = shape(root).read(root);
    if (chat == null || label == null || root.failed()) {
      return null;
    }
    List<Message> messages = chat.messages();
    Message answer = messages.isEmpty() ? null : messages.get(messages.size() - 1);
    if (answer != null && !answer.toolCalls().isEmpty()) {
      root.warning(
          "not-kept",
          "The answer calls tools, of which only the text is kept.",
          "Write the calls into the text, or train on the file by other means.");
    }
    Map<String, ReferenceValue> reference = new LinkedHashMap<>();
    reference.put(UnpairedPreferences.COMPLETION, ReferenceValue.text(chat.answer()));
    reference.put(UnpairedPreferences.LABEL, ReferenceValue.json(label.toString()));
    return new PromptExample(chat.prompt(), reference, chat.tools());
  }

  private Grammar<ChatExample> shape(RecordNode root) {
    if (root.has("instruction")) {
      return new AlpacaCodecs.Chat(between);
    }
    return root.has("conversations") || root.has("messages")
        ? new ShareGptCodecs.Chat(layout)
        : new PromptCompletionCodec();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the example has no completion or no label
   */
  @Override
  public Map<String, @Nullable Object> toRecord(PromptExample example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
    record.put("prompt", ExampleRecords.of(example.prompt()));
    Message answer =
        Message.of(Role.ASSISTANT, example.requireReference(UnpairedPreferences.COMPLETION));
    record.put("completion", ExampleRecords.of(List.of(answer)));
    record.put("label", UnpairedPreferences.isWanted(example));
    if (!example.tools().isEmpty()) {
      record.put("tools", ExampleRecords.ofTools(example.tools()));
    }
    return record;
  }

  @Override
  public List<String> lostInWriting(PromptExample example) {
    List<String> lost = new ArrayList<>();
    for (String name : example.reference().keySet()) {
      if (!name.equals(UnpairedPreferences.COMPLETION)
          && !name.equals(UnpairedPreferences.LABEL)
          && lost.isEmpty()) {
        lost.add("other references");
      }
    }
    return lost;
  }
}
