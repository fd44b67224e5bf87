package dev.finetune4j.simulator.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer of a "fine-tuned" model: that of the training example whose prompt shares the most
 * words with the question, rare words counting more. Immutable once made.
 */
final class NearestAnswer {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  /** An example: what the user said, and what was to be answered. */
  record Pair(String prompt, String answer) {}

  private final List<Pair> pairs;
  private final Map<String, List<Integer>> holders = new HashMap<>();

  NearestAnswer(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
    for (int i = 0; i < this.pairs.size(); i++) {
      for (String word : words(this.pairs.get(i).prompt())) {
        holders.computeIfAbsent(word, key -> new ArrayList<>()).add(i);
      }
    }
  }

  /** Returns the answer; of equally near examples that of the one with the shorter prompt. */
  String to(String prompt) {
    double[] likeness = new double[pairs.size()];
    for (String word : words(prompt)) {
      List<Integer> found = holders.getOrDefault(word, List.of());
      double rarity = Math.log(1 + (double) pairs.size() / Math.max(1, found.size()));
      found.forEach(i -> likeness[i] += rarity);
    }
    int best = -1;
    for (int i = 0; i < likeness.length; i++) {
      if (best < 0 || isBetter(likeness, i, best)) {
        best = i;
      }
    }
    return best < 0 ? "" : pairs.get(best).answer();
  }

  private boolean isBetter(double[] likeness, int candidate, int best) {
    if (likeness[candidate] != likeness[best]) {
      return likeness[candidate] > likeness[best];
    }
    return pairs.get(candidate).prompt().length() < pairs.get(best).prompt().length();
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
