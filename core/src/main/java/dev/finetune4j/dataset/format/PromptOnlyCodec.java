package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ExampleRecords;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code {"prompt": ..., ...}}, a string or a list of messages, as TRL reads prompts for
 * reinforcement training; members other than prompt and tools are references.
 */
final class PromptOnlyCodec extends Grammar<PromptExample> {
  PromptOnlyCodec() {
    super("prompt-only", PromptExample.class);
  }

  @Override
  @Nullable PromptExample read(RecordNode root) {
    RecordNode asked = root.find("prompt");
    RecordNode declared = root.find("tools");
    List<ToolDefinition> tools = new ArrayList<>();
    if (declared != null) {
      ToolGrammar.readTools(declared, false, tools);
    }
    Conversation prompt = new Conversation(ToolGrammar.names(tools));
    if (asked == null || asked.isList()) {
      MessageGrammar.readList(root, "prompt", prompt);
    } else {
      String text = asked.text("invalid-record", "Write it as a string or as a list of messages.");
      MessageGrammar.checkText(asked);
      prompt.add(Message.of(Role.USER, text), asked, List.of());
    }
    if (asked != null && !prompt.isEmpty()) {
      prompt.finishPrompt(asked);
      Pairs.checkPrompt(prompt);
    }
    return root.failed() ? null : new PromptExample(prompt.messages(), references(root), tools);
  }

  /** Returns the members that were not read, also null ones, as references. */
  static Map<String, ReferenceValue> references(RecordNode root) {
    Map<String, ReferenceValue> reference = new LinkedHashMap<>();
    if (root.value() instanceof Map<?, ?> record) {
      record.forEach(
          (key, value) -> {
            String name = String.valueOf(key);
            if (!root.wasAsked(name)) {
              reference.put(
                  name,
                  value instanceof String text
                      ? ReferenceValue.text(text)
                      : ReferenceValue.json(Json.write(value)));
            }
          });
    }
    return reference;
  }

  @Override
  public Map<String, @Nullable Object> toRecord(PromptExample example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
    ExampleRecords.of(example)
        .forEach((name, value) -> record.put(name.equals("messages") ? "prompt" : name, value));
    return record;
  }

  @Override
  public List<String> lostInWriting(PromptExample example) {
    return example.reference().containsKey("prompt")
        ? List.of("the reference \"prompt\"")
        : List.of();
  }
}
