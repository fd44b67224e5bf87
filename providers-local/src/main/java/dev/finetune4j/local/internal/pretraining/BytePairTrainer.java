package dev.finetune4j.local.internal.pretraining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns a byte-level byte-pair vocabulary: merges the most frequent adjacent pair, again and
 * again. Ties are broken by the alphabet, so the same text always gives the same vocabulary. For
 * one thread.
 */
final class BytePairTrainer {
  /** How the byte-level tokenizers cut text before they join bytes; joins never cross a cut. */
  private static final Pattern PIECES =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  private final Map<String, Integer> pieces = new TreeMap<>();

  void read(String text) {
    Matcher matcher = PIECES.matcher(text);
    while (matcher.find()) {
      pieces.merge(ByteAlphabet.spell(matcher.group()), 1, Integer::sum);
    }
  }

  /** The first {@code count} joins, each as its two parts. */
  List<List<String>> merges(int count) {
    List<List<String>> words = new ArrayList<>();
    List<Integer> frequencies = new ArrayList<>();
    pieces.forEach(
        (piece, frequency) -> {
          words.add(new ArrayList<>(Arrays.asList(piece.split("", -1)).subList(0, piece.length())));
          frequencies.add(frequency);
        });
    List<List<String>> merges = new ArrayList<>();
    while (merges.size() < count) {
      List<String> best = mostFrequent(words, frequencies);
      merges.add(best);
      words.forEach(word -> join(word, best));
    }
    return merges;
  }

  private static List<String> mostFrequent(List<List<String>> words, List<Integer> frequencies) {
    Map<List<String>, Integer> pairs = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      List<String> word = words.get(i);
      for (int at = 0; at + 1 < word.size(); at++) {
        pairs.merge(List.of(word.get(at), word.get(at + 1)), frequencies.get(i), Integer::sum);
      }
    }
    return pairs.entrySet().stream()
        .min(
            Comparator.<Map.Entry<List<String>, Integer>>comparingInt(entry -> -entry.getValue())
                .thenComparing(entry -> String.join(" ", entry.getKey())))
        .map(Map.Entry::getKey)
        .orElseThrow(
            () -> new IllegalStateException("the text is too short for so large a vocabulary"));
  }

  private static void join(List<String> word, List<String> pair) {
    for (int at = 0; at + 1 < word.size(); at++) {
      if (word.get(at).equals(pair.get(0)) && word.get(at + 1).equals(pair.get(1))) {
        word.set(at, pair.get(0) + pair.get(1));
        word.remove(at + 1);
      }
    }
  }
}
