package dev.finetune4j.baseline;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.inference.ChatRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the examples whose prompts are most like a question: cosine of words weighted by how rare
 * they are, through an inverted index. Thread-safe.
 */
final class NearestExamples {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private final List<ChatExample> examples;
  private final int k;
  private final Map<String, List<Posting>> index = new HashMap<>();

  private record Posting(int example, double weight) {}

  NearestExamples(List<ChatExample> examples, int k) {
    this.examples = List.copyOf(examples);
    this.k = k;
    List<Map<String, Integer>> counts =
        examples.stream().map(example -> words(example.prompt())).toList();
    Map<String, Integer> spread = new HashMap<>();
    counts.forEach(words -> words.keySet().forEach(word -> spread.merge(word, 1, Integer::sum)));
    for (int i = 0; i < counts.size(); i++) {
      add(i, counts.get(i), spread);
    }
  }

  /**
   * Returns the {@code k} nearest, the nearest last; equally near ones in the order of the pool.
   */
  List<ChatExample> to(ChatRequest request) {
    double[] likeness = new double[examples.size()];
    words(request.messages())
        .forEach(
            (word, count) ->
                index
                    .getOrDefault(word, List.of())
                    .forEach(posting -> likeness[posting.example] += count * posting.weight));
    List<ChatExample> nearest =
        IntStream.range(0, likeness.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> likeness[i]).reversed())
            .limit(k)
            .map(examples::get)
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.reverse(nearest);
    return nearest;
  }

  private void add(int example, Map<String, Integer> words, Map<String, Integer> spread) {
    Map<String, Double> weights = new HashMap<>();
    double squares = 0;
    for (Map.Entry<String, Integer> word : words.entrySet()) {
      int holding = spread.getOrDefault(word.getKey(), 1);
      double rarity = Math.log(1 + (double) examples.size() / holding);
      double weight = word.getValue() * rarity;
      squares += weight * weight;
      // The question's weight contains the rarity a second time; the index has both factors.
      weights.put(word.getKey(), weight * rarity);
    }
    double length = Math.sqrt(squares);
    weights.forEach(
        (word, weight) ->
            index
                .computeIfAbsent(word, key -> new ArrayList<>())
                .add(new Posting(example, weight / length)));
  }

  private static Map<String, Integer> words(List<Message> messages) {
    Map<String, Integer> words = new HashMap<>();
    for (Message message : messages) {
      if (message.role() == Role.USER) {
        Matcher matcher = WORD.matcher(message.text().toLowerCase(Locale.ROOT));
        while (matcher.find()) {
          words.merge(matcher.group(), 1, Integer::sum);
        }
      }
    }
    return words;
  }
}
