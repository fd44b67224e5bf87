package dev.finetune4j.dataset.validation;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import java.util.List;

/** Reduces an example to the few numbers by which it is compared with others. One thread. */
final class ExampleDigest {
  private final MinHash words = new MinHash();
  private final long[] wholeSignature = new long[MinHash.LONGS];
  private final long[] promptSignature = new long[MinHash.LONGS];

  /**
   * What an example is compared by.
   *
   * @param content all of it
   * @param normalised all of it without case and amounts of white space
   * @param prompt what is asked, and with which tools
   * @param normalisedPrompt the same without case and amounts of white space
   * @param answer what is to be learnt
   * @param promptless whether nothing is asked, so that prompts must not be compared
   * @param reversed for a preference pair, its content with the answers swapped; else 0
   */
  record Hashes(
      long content,
      long normalised,
      long prompt,
      long normalisedPrompt,
      long answer,
      boolean promptless,
      long reversed) {}

  private boolean comparable;
  private boolean promptComparable;

  Hashes digest(Example example) {
    words.clear();
    TextHash prompt = new TextHash();
    TextHash normalised = new TextHash();
    for (Message message : example.prompt()) {
      add(message, prompt);
      addNormalised(message, normalised);
      addWords(message);
    }
    promptComparable = words.write(promptSignature, 0);
    for (ToolDefinition tool : example.tools()) {
      prompt.add(tool.name());
      prompt.add(tool.parametersJson());
    }
    long promptHash = prompt.value();
    long normalisedPrompt = normalised.value();
    TextHash answer = new TextHash();
    addAnswer(example, answer, normalised);
    comparable = words.write(wholeSignature, 0);
    long content = TextHash.mixed(promptHash + 31 * answer.value());
    long reversed = 0;
    if (example instanceof PreferenceExample pair) {
      TextHash opposite = new TextHash();
      addPair(pair.rejected(), pair.preferred(), opposite);
      reversed = TextHash.mixed(promptHash + 31 * opposite.value());
    }
    return new Hashes(
        content,
        normalised.value(),
        promptHash,
        normalisedPrompt,
        answer.value(),
        example.prompt().isEmpty(),
        reversed);
  }

  /** Returns the signature of the last example; of use only if it is comparable. */
  long[] signature() {
    return wholeSignature;
  }

  boolean isComparable() {
    return comparable;
  }

  long[] promptSignature() {
    return promptSignature;
  }

  boolean isPromptComparable() {
    return promptComparable;
  }

  private void addAnswer(Example example, TextHash answer, TextHash normalised) {
    if (example instanceof ChatExample chat) {
      List<Message> messages = chat.messages();
      for (Message message : messages.subList(chat.prompt().size(), messages.size())) {
        add(message, answer);
        addNormalised(message, normalised);
        addWords(message);
      }
    } else if (example instanceof PreferenceExample pair) {
      addPair(pair.preferred(), pair.rejected(), answer);
      // The whole pair is what is learnt, so it must not be taken for its own reverse.
      for (Message message : List.of(pair.preferred(), pair.rejected())) {
        addNormalised(message, normalised);
        addWords(message);
      }
    } else if (example instanceof PromptExample asked) {
      asked
          .reference()
          .forEach(
              (name, value) -> {
                answer.add(name);
                answer.add(value.text());
                normalised.add(name);
                normalised.addNormalised(value.text());
              });
    }
  }

  private static void addPair(Message first, Message second, TextHash hash) {
    add(first, hash);
    add(second, hash);
  }

  private static void add(Message message, TextHash hash) {
    hash.add(message.role().name());
    for (ContentPart part : message.content()) {
      hash.add(part instanceof ContentPart.Image image ? image.location().toString() : part.text());
    }
    for (ToolCall call : message.toolCalls()) {
      hash.add(call.name());
      hash.add(call.argumentsJson());
    }
    hash.add(message.trained() ? 1 : 2);
  }

  private static void addNormalised(Message message, TextHash hash) {
    hash.add(message.role().name());
    for (ContentPart part : message.content()) {
      hash.addNormalised(
          part instanceof ContentPart.Image image ? image.location().toString() : part.text());
    }
    for (ToolCall call : message.toolCalls()) {
      hash.addNormalised(call.name());
      hash.addNormalised(call.argumentsJson());
    }
  }

  // Instructions are the same in most examples of a set, and would make all of them alike.
  private void addWords(Message message) {
    if (message.role() != Role.SYSTEM && message.role() != Role.DEVELOPER) {
      for (ContentPart part : message.content()) {
        words.add(part.text());
      }
      for (ToolCall call : message.toolCalls()) {
        words.add(call.argumentsJson());
      }
    }
  }
}
