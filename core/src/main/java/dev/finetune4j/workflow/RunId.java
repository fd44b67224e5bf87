package dev.finetune4j.workflow;

/**
 * The name of one run: who starts a run again under the same name resumes it.
 *
 * @param value 1 to 60 letters, digits, hyphens, underscores or dots, beginning with a letter or
 *     digit
 */
public record RunId(String value) {

  /** Checks the form: the name becomes the name of a folder. */
  public RunId {
    if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,59}")) {
      throw new IllegalArgumentException(
          "A run id has 1 to 60 letters, digits, hyphens, underscores or dots, and this has not: \""
              + value
              + "\"");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
