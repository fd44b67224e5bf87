package dev.finetune4j.buildrules.planted.error;

/** Has another root, and is open. */
public class BrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public BrokenException() {
    super("broken");
  }
}
