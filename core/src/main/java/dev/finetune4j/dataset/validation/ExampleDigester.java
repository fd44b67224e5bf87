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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reduces examples to a few numbers by which they are compared. Not thread-safe. */
final class ExampleDigester {
  /** Shorter questions, such as "Go on.", say little without their instructions. */
  private static final int FEWEST_WORDS = 4;

  private final MinHash words = new MinHash();
  private long images;

  /**
   * What an example is compared by.
   *
   * @param content everything in it
   * @param normalised everything in it, ignoring case and runs of white space
   * @param prompt the prompt and the tools it offers
   * @param question the prompt without instructions, ignoring case and runs of white space; with
   *     instructions if it has too few words to be recognised alone
   * @param earlierQuestions the same for the prompt of each earlier answer in a conversation
   * @param answer what the model learns
   * @param promptless whether there is no prompt, so that prompts must not be compared
   * @param reversed for a preference pair, its content with the answers swapped; else 0
   */
  record Hashes(
      long content,
      long normalised,
      long prompt,
      long question,
      List<Long> earlierQuestions,
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
    TextHash question = new TextHash();
    List<Long> earlier = withPrompt ? new ArrayList<>(0) : List.of();
    images = 0;
    for (Message message : example.prompt()) {
      if (withPrompt && message.role() == Role.ASSISTANT && words.words() >= FEWEST_WORDS) {
        earlier.add(question.value());
      }
      add(message, prompt);
      addNormalised(message, normalised);
      addWords(message);
      if (withPrompt && !isInstruction(message)) {
        addNormalised(message, question);
      }
    }
    long[] promptSignature = withPrompt ? words.signature(images) : null;
    long questionHash = words.words() >= FEWEST_WORDS ? question.value() : normalised.value();
    long tools = 0;
    if (!example.tools().isEmpty()) {
      TextHash declared = new TextHash();
      for (ToolDefinition tool : example.tools()) {
        declared.add(tool.name());
        declared.add(tool.description());
        declared.add(tool.parametersJson());
        declared.add(tool.strict() ? 1 : 2);
      }
      tools = declared.value();
      prompt.add(tools);
      normalised.add(tools);
    }
    long promptHash = prompt.value();
    TextHash answer = new TextHash();
    addAnswer(example, answer, normalised);
    long[] signature = words.signature(images + 31 * tools);
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
            questionHash,
            List.copyOf(earlier),
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
      addKind(part, hash);
      hash.add(part instanceof ContentPart.Image image ? image.location().toString() : part.text());
    }
    for (ToolCall call : message.toolCalls()) {
      hash.add(call.name());
      hash.add(call.argumentsJson());
    }
    message.name().ifPresent(hash::add);
    hash.add(message.trained() ? 1 : 2);
  }

  private static void addNormalised(Message message, TextHash hash) {
    hash.add(message.role().name());
    for (ContentPart part : message.content()) {
      addKind(part, hash);
      hash.addNormalised(
          part instanceof ContentPart.Image image ? image.location().toString() : part.text());
    }
    for (ToolCall call : message.toolCalls()) {
      hash.addNormalised(call.name());
      hash.addNormalised(call.argumentsJson());
    }
    message.name().ifPresent(hash::add);
    if (message.role() == Role.ASSISTANT && !message.trained()) {
      hash.add(2);
    }
  }

  /** Adds what a part is, because a text and a refusal may have the same words. */
  private static void addKind(ContentPart part, TextHash hash) {
    if (part instanceof ContentPart.Image image) {
      hash.add(3);
      hash.add(image.detail().orElse(""));
    } else if (!(part instanceof ContentPart.Text)) {
      hash.add(4);
    }
  }

  private static boolean isInstruction(Message message) {
    return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
  }

  // Most examples of a set share their instructions, which would make all of them similar.
  private void addWords(Message message) {
    if (!isInstruction(message)) {
      for (ContentPart part : message.content()) {
        words.add(part.text());
        if (part instanceof ContentPart.Image image) {
          images = TextHash.mixed(images + 1 + image.location().hashCode());
        }
      }
      for (ToolCall call : message.toolCalls()) {
        words.add(call.argumentsJson());
      }
    }
  }
}
