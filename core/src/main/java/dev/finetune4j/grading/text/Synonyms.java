package dev.finetune4j.grading.text;

import java.util.Set;

/**
 * Where {@link TextScores#meteor(Synonyms)} finds words of like meaning. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface Synonyms {

  /** Knows none. */
  Synonyms NONE = word -> Set.of();

  /**
   * Returns words that mean the same as {@code word}; empty if none are known. The word is in lower
   * case and reduced to its stem, and its synonyms are compared with stems: so nltk does it.
   */
  Set<String> of(String word);
}
