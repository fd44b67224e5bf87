package dev.finetune4j.dataset;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A prompt with references for grading answers: for reinforcement training and for evaluation.
 *
 * @param prompt the conversation before the answer, oldest message first
 * @param reference what graders compare with, by name, in the given order; {@link #ANSWER} is the
 *     usual name of the expected answer
 * @param tools the tools that are available
 */
public record PromptExample(
    List<Message> prompt, Map<String, ReferenceValue> reference, List<ToolDefinition> tools)
    implements Example {

  /** The name of the expected answer, if an example has only one. */
  public static final String ANSWER = "answer";

  /** Copies the collections, keeping the order of the map. */
  public PromptExample {
    prompt = List.copyOf(prompt);
    reference = Collections.unmodifiableMap(new LinkedHashMap<>(reference));
    tools = List.copyOf(tools);
  }

  /** Returns a prompt with the expected answer under {@link #ANSWER}. */
  public static PromptExample of(List<Message> prompt, String answer) {
    return new PromptExample(prompt, Map.of(ANSWER, ReferenceValue.text(answer)), List.of());
  }

  /**
   * Returns the prompt of an example with its answer as {@link #ANSWER}: the last assistant message
   * of a conversation, the preferred answer of a pair. A prompt is returned as it is.
   */
  public static PromptExample from(Example example) {
    if (example instanceof PromptExample prompt) {
      return prompt;
    }
    String answer =
        example instanceof ChatExample chat
            ? chat.answer()
            : ((PreferenceExample) example).preferred().text();
    return new PromptExample(
        example.prompt(), Map.of(ANSWER, ReferenceValue.text(answer)), example.tools());
  }

  /** Returns the prompt; references are not messages. */
  @Override
  public List<Message> messages() {
    return prompt;
  }

  /** Returns the reference with that name as text, empty if it is absent. */
  public Optional<String> findReference(String name) {
    return Optional.ofNullable(reference.get(name)).map(ReferenceValue::text);
  }

  /**
   * Returns the reference with that name as text.
   *
   * @throws IllegalArgumentException if it is absent; the message lists the existing names
   */
  public String requireReference(String name) {
    return findReference(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "This example has no reference \""
                        + name
                        + "\"; it has "
                        + reference.keySet()
                        + "."));
  }
}
