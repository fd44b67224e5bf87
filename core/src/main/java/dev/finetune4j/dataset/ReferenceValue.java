package dev.finetune4j.dataset;

/**
 * One value that graders may look at.
 *
 * @param text the text, or the JSON where {@code json} is set
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
