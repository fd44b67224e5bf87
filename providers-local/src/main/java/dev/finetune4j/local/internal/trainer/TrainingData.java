package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import dev.finetune4j.local.internal.tokenizer.ChatTemplate;
import dev.finetune4j.local.internal.tokenizer.TokenSequence;
import java.util.List;

/** The training and validation data; its type determines the method. Immutable. */
public interface TrainingData {
  /** Whether the items are pairs, for direct preference optimisation. */
  boolean isPreference();

  /** The items to train on. */
  List<TrainingItem> training(ChatTemplate template);

  /** The items to validate on after each epoch; may be empty. */
  List<TrainingItem> validation(ChatTemplate template);

  /** Conversations, for supervised training on their trained messages. */
  record Conversations(List<List<ChatMessage>> examples, List<List<ChatMessage>> heldOut)
      implements TrainingData {
    @Override
    public boolean isPreference() {
      return false;
    }

    @Override
    public List<TrainingItem> training(ChatTemplate template) {
      return examples.stream().map(messages -> TrainingItem.of(template.encode(messages))).toList();
    }

    @Override
    public List<TrainingItem> validation(ChatTemplate template) {
      return heldOut.stream().map(messages -> TrainingItem.of(template.encode(messages))).toList();
    }
  }

  /** Pairs of answers to a prompt, for preference training. */
  record Preferences(List<Preference> examples, List<Preference> heldOut) implements TrainingData {
    @Override
    public boolean isPreference() {
      return true;
    }

    @Override
    public List<TrainingItem> training(ChatTemplate template) {
      return examples.stream().map(pair -> pair.item(template)).toList();
    }

    @Override
    public List<TrainingItem> validation(ChatTemplate template) {
      return heldOut.stream().map(pair -> pair.item(template)).toList();
    }
  }

  /** Token sequences, for supervised training. */
  record Sequences(List<TokenSequence> examples, List<TokenSequence> heldOut)
      implements TrainingData {
    @Override
    public boolean isPreference() {
      return false;
    }

    @Override
    public List<TrainingItem> training(ChatTemplate template) {
      return examples.stream().map(TrainingItem::of).toList();
    }

    @Override
    public List<TrainingItem> validation(ChatTemplate template) {
      return heldOut.stream().map(TrainingItem::of).toList();
    }
  }
}
