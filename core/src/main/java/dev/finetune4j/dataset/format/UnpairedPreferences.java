package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What can be trained on from unpaired preference data (KTO), which {@link
 * ExampleCodecs#unpairedPreference()} reads: the wanted answers, or pairs of a wanted and an
 * unwanted answer to the same prompt. Stateless.
 */
public final class UnpairedPreferences {
  /** The reference with the answer. */
  public static final String COMPLETION = "completion";

  /** The reference that says whether the answer is wanted: {@code true} or {@code false}. */
  public static final String LABEL = "label";

  private UnpairedPreferences() {}

  /**
   * Returns whether the answer of an example is wanted.
   *
   * @throws IllegalArgumentException if it has no label that is true or false
   */
  public static boolean isWanted(PromptExample example) {
    String label = example.requireReference(LABEL);
    if (!label.equals("true") && !label.equals("false")) {
      throw new IllegalArgumentException("The label is \"" + label + "\"; expected true or false.");
    }
    return label.equals("true");
  }

  /** Returns the prompts with their wanted answers, for supervised training. Reads nothing yet. */
  public static Dataset<ChatExample> wanted(Dataset<PromptExample> labelled) {
    return labelled
        .filter(UnpairedPreferences::isWanted)
        .map(
            ChatExample.class,
            example -> {
              List<Message> messages = new ArrayList<>(example.prompt());
              messages.add(answer(example));
              return new ChatExample(messages, example.tools());
            });
  }

  /**
   * Returns pairs of a wanted and an unwanted answer to the same prompt, in the order of the later
   * one, for preference training. An answer is in one pair at most; answers without a counterpart
   * are left out. Reads the whole set once, and holds what it returns in memory.
   */
  public static Dataset<PreferenceExample> pairs(Dataset<PromptExample> labelled) {
    Map<Prompt, Deque<PromptExample>> waiting = new HashMap<>();
    List<PreferenceExample> pairs = new ArrayList<>();
    try (Stream<PromptExample> examples = labelled.examples()) {
      examples.forEach(
          example -> {
            Prompt prompt = new Prompt(example.prompt(), example.tools());
            Deque<PromptExample> others =
                waiting.computeIfAbsent(prompt, key -> new ArrayDeque<>());
            PromptExample other = others.peek();
            boolean wanted = isWanted(example);
            if (other == null || isWanted(other) == wanted) {
              others.add(example);
            } else {
              others.remove();
              pairs.add(
                  new PreferenceExample(
                      example.prompt(),
                      answer(wanted ? example : other),
                      answer(wanted ? other : example),
                      example.tools()));
            }
          });
    }
    return Dataset.of(labelled.name(), PreferenceExample.class, pairs);
  }

  private record Prompt(List<Message> messages, List<ToolDefinition> tools) {}

  private static Message answer(PromptExample example) {
    return Message.assistant(example.requireReference(COMPLETION));
  }
}
