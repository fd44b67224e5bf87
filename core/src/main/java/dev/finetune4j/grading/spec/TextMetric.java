package dev.finetune4j.grading.spec;

/** Measures of the similarity of two texts, all from 0 to 1 for equal texts. */
public enum TextMetric {
  /** Similarity of characters. */
  FUZZY_MATCH("fuzzy_match"),
  /** Precision of word sequences of 1 to 4, with a penalty for brevity. */
  BLEU("bleu"),
  /** The lower of precision and recall of word sequences of 1 to 4. */
  GLEU("gleu"),
  /** Matches of words, stems and order. */
  METEOR("meteor"),
  /** Overlap of words. */
  ROUGE_1("rouge_1"),
  /** Overlap of pairs of words. */
  ROUGE_2("rouge_2"),
  /** Overlap of sequences of 3 words. */
  ROUGE_3("rouge_3"),
  /** Overlap of sequences of 4 words. */
  ROUGE_4("rouge_4"),
  /** Overlap of sequences of 5 words. */
  ROUGE_5("rouge_5"),
  /** The longest common sequence of words. */
  ROUGE_L("rouge_l"),
  /** The angle between embeddings; needs a source of them. */
  COSINE("cosine");

  private final String word;

  TextMetric(String word) {
    this.word = word;
  }

  /** Returns the word in a grader's JSON. */
  public String word() {
    return word;
  }
}
