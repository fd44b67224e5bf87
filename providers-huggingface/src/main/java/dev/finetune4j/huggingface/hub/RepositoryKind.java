package dev.finetune4j.huggingface.hub;

/** The kinds of repositories on the Hub. */
public enum RepositoryKind {
  /** A model: weights, a tokenizer, a configuration. */
  MODEL("model", ""),
  /** A data set. */
  DATASET("dataset", "datasets"),
  /** A Space: an application that the Hub runs. */
  SPACE("space", "spaces");

  private final String word;
  private final String folder;

  RepositoryKind(String word, String folder) {
    this.word = word;
    this.folder = folder;
  }

  /** Returns the Hub's word for it: {@code model}, {@code dataset} or {@code space}. */
  public String word() {
    return word;
  }

  /** Returns the path before the name in URLs; empty for models. */
  String folder() {
    return folder;
  }
}
