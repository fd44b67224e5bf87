package dev.finetune4j.workflow.journal;

/**
 * The name of one run: who starts a run again under the same name resumes it.
 *
 * @param value 1 to 60 letters, digits, hyphens, underscores or dots, beginning with a letter or
 *     digit
 */
public record RunId(String value) {
  private static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}";

  /** Checks the form: the name becomes the name of a folder. */
  public RunId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "A run id has 1 to 60 letters, digits, hyphens, underscores or dots, and this has not: \""
              + value
              + "\"");
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
