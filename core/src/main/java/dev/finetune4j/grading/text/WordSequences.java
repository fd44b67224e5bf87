package dev.finetune4j.grading.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sequences of neighbouring words in a text, with the count of each. */
final class WordSequences {
  private final Map<List<String>, Integer> counts = new HashMap<>();
  private int total;

  private WordSequences() {}

  /** Counts the sequences of {@code shortest} to {@code longest} words. */
  static WordSequences of(List<String> words, int shortest, int longest) {
    WordSequences sequences = new WordSequences();
    for (int length = shortest; length <= longest; length++) {
      for (int start = 0; start + length <= words.size(); start++) {
        sequences.counts.merge(words.subList(start, start + length), 1, Integer::sum);
        sequences.total++;
      }
    }
    return sequences;
  }

  /** Returns the number of sequences, counting repetitions. */
  int total() {
    return total;
  }

  /** Returns the number of sequences that are also in {@code other}, counting repetitions. */
  int common(WordSequences other) {
    int common = 0;
    for (Map.Entry<List<String>, Integer> entry : counts.entrySet()) {
      common += Math.min(entry.getValue(), other.counts.getOrDefault(entry.getKey(), 0));
    }
    return common;
  }
}
