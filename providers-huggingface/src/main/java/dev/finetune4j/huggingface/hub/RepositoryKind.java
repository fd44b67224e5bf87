package dev.finetune4j.huggingface.hub;

/** What a repository on the Hub holds. */
public enum RepositoryKind {
  /** Weights, a tokenizer, a configuration. */
  MODEL("model", ""),
  /** Data. */
  DATASET("dataset", "datasets"),
  /** An application that the Hub runs. */
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

  /** Returns what stands before a name in the URL of a page; nothing for models. */
  String folder() {
    return folder;
  }
}
