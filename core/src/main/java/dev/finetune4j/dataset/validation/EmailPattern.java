package dev.finetune4j.dataset.validation;

import java.util.regex.Pattern;

/** E-mail addresses. */
final class EmailPattern {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST = 320;
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,24}");

  private EmailPattern() {}

  static boolean isIn(String text) {
    int at = text.indexOf('@');
    while (at >= 0) {
      // Only the surroundings are matched: a pattern over the whole text would go back too often.
      int from = Math.max(0, at - LONGEST_NAME);
      int to = Math.min(text.length(), at + LONGEST);
      if (at > 0 && ADDRESS.matcher(text).region(from, to).find()) {
        return true;
      }
      at = text.indexOf('@', at + 1);
    }
    return false;
  }
}
