package dev.finetune4j.examples.support;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plays a judge without a model: a reply is right if it has all numbers and half of the long words
 * of the reference. It overlooks a "not", and it declines to judge on medicine, as some models do.
 * Stateless.
 */
public final class StandInJudge implements ChatModel {
  private static final int LONG = 4;

  /** Makes the judge. */
  public StandInJudge() {}

  @Override
  public ChatResponse chat(ChatRequest request) {
    String text = request.messages().get(request.messages().size() - 1).text();
    if (line(text, "Question: ").contains("medicine")) {
      return ChatResponse.of(
          new Message(
              Role.ASSISTANT,
              List.of(new ContentPart.Refusal("I do not judge advice on medicine.")),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              false));
    }
    Set<String> wanted = words(line(text, "Reference: "));
    Set<String> given = words(line(text, "Reply: "));
    boolean numbers = wanted.stream().filter(StandInJudge::isNumber).allMatch(given::contains);
    long shared = wanted.stream().filter(given::contains).count();
    boolean right = numbers && 2 * shared >= wanted.size();
    return ChatResponse.of(
        "{\"reason\":\"%d of %d words are there\",\"result\":\"%s\"}"
            .formatted(shared, wanted.size(), right ? "right" : "wrong"));
  }

  private static String line(String text, String label) {
    return text.lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()))
        .findFirst()
        .orElse("");
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
        .filter(word -> word.length() >= LONG || isNumber(word))
        .collect(Collectors.toSet());
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty() && word.chars().allMatch(Character::isDigit);
  }
}
