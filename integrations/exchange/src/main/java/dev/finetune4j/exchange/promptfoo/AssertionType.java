package dev.finetune4j.exchange.promptfoo;

import java.util.Optional;

/** The assertions that run here, with promptfoo's thresholds where none is written. */
enum AssertionType {
  EQUALS("equals", 0),
  CONTAINS("contains", 0),
  CONTAINS_IGNORING_CASE("icontains", 0),
  CONTAINS_ALL("contains-all", 0),
  CONTAINS_ANY("contains-any", 0),
  CONTAINS_ALL_IGNORING_CASE("icontains-all", 0),
  CONTAINS_ANY_IGNORING_CASE("icontains-any", 0),
  STARTS_WITH("starts-with", 0),
  REGEX("regex", 0),
  IS_JSON("is-json", 0),
  CONTAINS_JSON("contains-json", 0),
  WORD_COUNT("word-count", 0),
  LATENCY("latency", 0),
  LEVENSHTEIN("levenshtein", 5),
  SIMILAR("similar", 0.75),
  ROUGE_N("rouge-n", 0.75),
  BLEU("bleu", 0.5),
  GLEU("gleu", 0.5),
  METEOR("meteor", 0.5),
  RUBRIC("llm-rubric", 0),
  CLOSED_QUESTION("model-graded-closedqa", 0),
  FACTUALITY("factuality", 0),
  SET("assert-set", 0);

  private final String word;
  private final double usualThreshold;

  AssertionType(String word, double usualThreshold) {
    this.word = word;
    this.usualThreshold = usualThreshold;
  }

  String word() {
    return word;
  }

  double usualThreshold() {
    return usualThreshold;
  }

  boolean isJudged() {
    return this == RUBRIC || this == CLOSED_QUESTION || this == FACTUALITY;
  }

  boolean isSimilarity() {
    return this == SIMILAR || this == ROUGE_N || this == BLEU || this == GLEU || this == METEOR;
  }

  /** Returns the type of a word, with or without {@code not-}; empty if it does not run here. */
  static Optional<AssertionType> of(String written) {
    String word = written.startsWith("not-") ? written.substring(4) : written;
    if (word.equals("model-graded-factuality")) {
      return Optional.of(FACTUALITY);
    } else if (word.equals("similar:cosine")) {
      return Optional.of(SIMILAR);
    }
    for (AssertionType type : values()) {
      if (type.word.equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
