package dev.finetune4j.dataset;

/**
 * A value that graders compare with.
 *
 * @param text the text, or JSON if {@code json} is true
 * @param json whether {@code text} is JSON that is not a string: an object, an array, a number, a
 *     boolean or null
 */
public record ReferenceValue(String text, boolean json) {

  /** Returns a text. */
  public static ReferenceValue text(String text) {
    return new ReferenceValue(text, false);
  }

  /** Returns an object, array, number, boolean or null, written as JSON. */
  public static ReferenceValue json(String json) {
    return new ReferenceValue(json, true);
  }
}
