package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes the turns of a conversation: the names of the members of a turn, and the words
 * for who speaks. {@link #SHARE_GPT} is the usual one; LLaMA-Factory's tags and axolotl's {@code
 * message_property_mappings} and {@code roles} are others. Immutable and thread-safe.
 *
 * @param from the member that says who speaks
 * @param value the member with what is said
 * @param words the words for each speaker; the first one is used in writing
 */
public record TurnLayout(String from, String value, Map<Speaker, List<String>> words) {

  /** Who speaks in a turn. */
  public enum Speaker {
    /** Instructions. */
    SYSTEM,
    /** The user. */
    USER,
    /** The model, in words. */
    ASSISTANT,
    /** The model, with calls of tools: JSON with name and arguments, or a list of these. */
    CALL,
    /** The result of a tool. */
    RESULT;

    Role role() {
      return switch (this) {
        case SYSTEM -> Role.SYSTEM;
        case USER -> Role.USER;
        case ASSISTANT, CALL -> Role.ASSISTANT;
        case RESULT -> Role.TOOL;
      };
    }
  }

  /** The members {@code from} and {@code value}, and the words that ShareGPT data has for roles. */
  public static final TurnLayout SHARE_GPT =
      new TurnLayout(
          "from",
          "value",
          Map.of(
              Speaker.SYSTEM, List.of("system"),
              Speaker.USER, List.of("human", "user"),
              Speaker.ASSISTANT, List.of("gpt", "assistant", "chatgpt", "model", "bot"),
              Speaker.CALL, List.of("function_call"),
              Speaker.RESULT, List.of("observation", "tool", "function_response")));

  /**
   * Checks that each speaker has a word of its own, and copies the map.
   *
   * @throws IllegalArgumentException if a word is given to two speakers, or a speaker has none
   */
  public TurnLayout {
    Map<Speaker, List<String>> copy = new LinkedHashMap<>();
    List<String> seen = new ArrayList<>();
    for (Speaker speaker : Speaker.values()) {
      List<String> own = List.copyOf(words.getOrDefault(speaker, List.of()));
      if (own.isEmpty()) {
        throw new IllegalArgumentException("There is no word for " + speaker + "; give one.");
      }
      for (String word : own) {
        if (seen.contains(word)) {
          throw new IllegalArgumentException(
              "The word \"" + word + "\" is given to two speakers; give it to one.");
        }
        seen.add(word);
      }
      copy.put(speaker, own);
    }
    words = Collections.unmodifiableMap(copy);
  }

  /** Returns this layout with other names for the members of a turn. */
  public TurnLayout withMembers(String newFrom, String newValue) {
    return new TurnLayout(newFrom, newValue, words);
  }

  /** Returns this layout with other words for a speaker; no other speaker keeps them. */
  public TurnLayout withWords(Speaker speaker, String... newWords) {
    List<String> own = List.of(newWords);
    Map<Speaker, List<String>> changed = new LinkedHashMap<>();
    words.forEach(
        (each, known) ->
            changed.put(each, known.stream().filter(word -> !own.contains(word)).toList()));
    changed.put(speaker, own);
    return new TurnLayout(from, value, changed);
  }

  /** Returns who a word stands for, null if it is not known. */
  @Nullable Speaker speaker(String word) {
    for (Map.Entry<Speaker, List<String>> entry : words.entrySet()) {
      if (entry.getValue().contains(word)) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** Returns the word for a speaker. */
  String word(Speaker speaker) {
    return words.getOrDefault(speaker, List.of("")).get(0);
  }
}
