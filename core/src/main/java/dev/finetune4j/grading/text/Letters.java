package dev.finetune4j.grading.text;

/**
 * What Porter's algorithm asks of the letters of a word. A y is a vowel after a consonant; all that
 * is not a, e, i, o, u or such a y is a consonant. Stateless.
 */
final class Letters {
  private Letters() {}

  static boolean isConsonant(String word, int place) {
    boolean consonant = false;
    for (int at = startOfRun(word, place); at <= place; at++) {
      consonant = isConsonant(word.charAt(at), at > 0 && consonant);
    }
    return consonant;
  }

  /** Counts the vowels, or runs of them, that a consonant follows. */
  static int measure(String word) {
    int measure = 0;
    boolean before = false;
    for (int at = 0; at < word.length(); at++) {
      boolean consonant = isConsonant(word.charAt(at), at > 0 && before);
      measure += at > 0 && consonant && !before ? 1 : 0;
      before = consonant;
    }
    return measure;
  }

  static boolean hasVowel(String word) {
    boolean before = false;
    for (int at = 0; at < word.length(); at++) {
      before = isConsonant(word.charAt(at), at > 0 && before);
      if (!before) {
        return true;
      }
    }
    return false;
  }

  static boolean endsInDoubleConsonant(String word) {
    int last = word.length() - 1;
    return last > 0 && word.charAt(last) == word.charAt(last - 1) && isConsonant(word, last);
  }

  /** Returns whether it ends like hop (but not in w, x or y), or is like on. */
  static boolean endsShort(String word) {
    int last = word.length() - 1;
    if (last < 1 || !isConsonant(word, last) || isConsonant(word, last - 1)) {
      return false;
    }
    return last == 1 || (isConsonant(word, last - 2) && "wxy".indexOf(word.charAt(last)) < 0);
  }

  private static boolean isConsonant(char letter, boolean afterConsonant) {
    return letter == 'y' ? !afterConsonant : "aeiou".indexOf(letter) < 0;
  }

  /** A y depends on the letter before it: back to the last one that is none. */
  private static int startOfRun(String word, int place) {
    int start = place;
    while (start > 0 && word.charAt(start) == 'y') {
      start--;
    }
    return start;
  }
}
