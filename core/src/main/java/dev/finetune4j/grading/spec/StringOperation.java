package dev.finetune4j.grading.spec;

/** How two texts are compared. */
public enum StringOperation {
  /** They are the same, character by character. */
  EQUAL("eq"),
  /** They differ. */
  NOT_EQUAL("ne"),
  /** The input holds the reference. */
  CONTAINS("like"),
  /** The input holds the reference in whatever case. */
  CONTAINS_IGNORING_CASE("ilike");

  private final String word;

  StringOperation(String word) {
    this.word = word;
  }

  /** Returns the word in a grader's JSON. */
  public String word() {
    return word;
  }
}
