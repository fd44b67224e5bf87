package dev.finetune4j.grading.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The ways in which the reference programs cut a text into words. Stateless. */
final class Words {
  // What Python's str.split() takes as white space, beyond what \s says in Java.
  private static final Pattern SPACE = Pattern.compile("[\\s\\x1c-\\x1f\\x85\\p{Z}]+");
  private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^a-z0-9]+");
  private static final Pattern OTHER_SCRIPT = Pattern.compile("[\\p{L}&&[^\\p{IsLatin}]]");
  private static final Pattern ANY_WORD =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}\u30fc]"
              + "\\p{M}*|(?:(?!\\p{IsHan}|\\p{IsHiragana}|\\p{IsKatakana}|\\p{IsThai}|\\p{IsLao}"
              + "|\\p{IsKhmer}|\\p{IsMyanmar})[\\p{L}\\p{N}]\\p{M}*)+");
  private static final Pattern SYMBOL = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern MARK_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern MARK_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

  private Words() {}

  /** Returns the words between white space. */
  static List<String> bySpace(String text) {
    List<String> words = new ArrayList<>();
    for (String word : SPACE.split(text, -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /**
   * Returns the runs of Latin letters and digits, in lower case, as rouge-score does. That drops
   * all other scripts, so a text with one is parted into runs of letters and digits of any script,
   * and into single characters where a script writes no spaces.
   */
  static List<String> ofLettersAndDigits(String text) {
    if (OTHER_SCRIPT.matcher(text).find()) {
      String lower = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
      return ANY_WORD.matcher(lower).results().map(MatchResult::group).toList();
    }
    return bySpace(NO_LETTER_OR_DIGIT.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" "));
  }

  /** Returns the words and marks as the tokenizer of mteval-v13a parts them. */
  static List<String> ofTranslationTests(String text) {
    String line = text.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
    line =
        line.replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
    line = SYMBOL.matcher(" " + line + " ").replaceAll(" $1 ");
    line = MARK_AFTER_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
    line = MARK_BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
    return bySpace(DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 "));
  }
}
