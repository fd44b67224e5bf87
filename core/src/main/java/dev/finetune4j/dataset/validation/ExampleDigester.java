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
import org.jspecify.annotations.Nullable;

/** Reduces examples to a few numbers by which they are compared. Not thread-safe. */
final class ExampleDigester {
  private final MinHash words = new MinHash();

  /**
   * What an example is compared by.
   *
   * @param content everything in it
   * @param normalised everything in it, ignoring case and runs of white space
   * @param prompt the prompt and the tools it offers
   * @param normalisedPrompt the prompt, ignoring case and runs of white space
   * @param answer what the model learns
   * @param promptless whether there is no prompt, so that prompts must not be compared
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

  /** The hashes and the MinHash signatures of an example. */
  static final class Digest {
    private final Hashes hashes;
    private final long @Nullable [] signature;
    private final long @Nullable [] promptSignature;

    Digest(Hashes hashes, long @Nullable [] signature, long @Nullable [] promptSignature) {
      this.hashes = hashes;
      this.signature = signature;
      this.promptSignature = promptSignature;
    }

    Hashes hashes() {
      return hashes;
    }

    /** Returns the signature of the whole example, null if it has too few words. */
    long @Nullable [] signature() {
      return signature;
    }

    /** Returns the signature of the prompt, null if it has too few words or was not needed. */
    long @Nullable [] promptSignature() {
      return promptSignature;
    }
  }

  /** Digests an example; computes the signature of its prompt only if {@code withPrompt}. */
  Digest digest(Example example, boolean withPrompt) {
    words.clear();
    TextHash prompt = new TextHash();
    TextHash normalised = new TextHash();
    for (Message message : example.prompt()) {
      add(message, prompt);
      addNormalised(message, normalised);
      addWords(message);
    }
    long[] promptSignature = withPrompt ? words.signature() : null;
    for (ToolDefinition tool : example.tools()) {
      prompt.add(tool.name());
      prompt.add(tool.parametersJson());
    }
    long promptHash = prompt.value();
    long normalisedPrompt = normalised.value();
    TextHash answer = new TextHash();
    addAnswer(example, answer, normalised);
    long[] signature = words.signature();
    long content = TextHash.mixed(promptHash + 31 * answer.value());
    long reversed = 0;
    if (example instanceof PreferenceExample pair) {
      TextHash opposite = new TextHash();
      addPair(pair.rejected(), pair.preferred(), opposite);
      reversed = TextHash.mixed(promptHash + 31 * opposite.value());
    }
    Hashes hashes =
        new Hashes(
            content,
            normalised.value(),
            promptHash,
            normalisedPrompt,
            answer.value(),
            example.prompt().isEmpty(),
            reversed);
    return new Digest(hashes, signature, promptSignature);
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
      // The model learns the whole pair, so a pair must differ from its reverse.
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

  // Most examples of a set share their instructions, which would make all of them similar.
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
