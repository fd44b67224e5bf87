package dev.finetune4j.workflow.journal;

/**
 * The id of a run. Starting a run again with the same id resumes it.
 *
 * @param value 1 to 60 letters, digits, hyphens, underscores or dots, beginning with a letter or
 *     digit
 */
public record RunId(String value) {
  private static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}";

  /** Checks the form; the id becomes the name of a folder. */
  public RunId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "Invalid run id \""
              + value
              + "\": use 1 to 60 letters, digits, hyphens, underscores or dots, and begin with a"
              + " letter or digit.");
    }
  }

  static boolean isValid(String value) {
    return value.matches(FORM);
  }

  @Override
  public String toString() {
    return value;
  }
}
