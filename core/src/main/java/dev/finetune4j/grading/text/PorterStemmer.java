package dev.finetune4j.grading.text;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reduces English words to their stems by Porter's algorithm of 1980 ("An algorithm for suffix
 * stripping") with the departures that nltk makes by default: a table of irregular words, words of
 * one or two letters left alone, short words in -ies and -ied, and a few suffixes. Stateless.
 */
final class PorterStemmer {
  private static final Map<String, String> IRREGULAR =
      Map.ofEntries(
          Map.entry("skies", "sky"),
          Map.entry("sky", "sky"),
          Map.entry("dying", "die"),
          Map.entry("lying", "lie"),
          Map.entry("tying", "tie"),
          Map.entry("news", "news"),
          Map.entry("innings", "inning"),
          Map.entry("inning", "inning"),
          Map.entry("outings", "outing"),
          Map.entry("outing", "outing"),
          Map.entry("cannings", "canning"),
          Map.entry("canning", "canning"),
          Map.entry("howe", "howe"),
          Map.entry("proceed", "proceed"),
          Map.entry("exceed", "exceed"),
          Map.entry("succeed", "succeed"));
  private static final List<Suffix> PLURALS =
      List.of(
          suffix("sses", "ss", stem -> true),
          suffix("ies", "i", stem -> true),
          suffix("ss", "ss", stem -> true),
          suffix("s", "", stem -> true));
  private static final List<Suffix> DOUBLE_SUFFIXES =
      List.of(
          longer("ational", "ate"),
          longer("tional", "tion"),
          longer("enci", "ence"),
          longer("anci", "ance"),
          longer("izer", "ize"),
          longer("bli", "ble"),
          longer("alli", "al"),
          longer("entli", "ent"),
          longer("eli", "e"),
          longer("ousli", "ous"),
          longer("ization", "ize"),
          longer("ation", "ate"),
          longer("ator", "ate"),
          longer("alism", "al"),
          longer("iveness", "ive"),
          longer("fulness", "ful"),
          longer("ousness", "ous"),
          longer("aliti", "al"),
          longer("iviti", "ive"),
          longer("biliti", "ble"),
          longer("fulli", "ful"),
          // The l counts with the stem, so that geology and archaeology lose as much.
          suffix("logi", "log", stem -> measure(stem + "l") > 0));
  private static final List<Suffix> NOUN_ENDINGS =
      List.of(
          longer("icate", "ic"),
          longer("ative", ""),
          longer("alize", "al"),
          longer("iciti", "ic"),
          longer("ical", "ic"),
          longer("ful", ""),
          longer("ness", ""));
  private static final List<Suffix> LAST_SUFFIXES =
      List.of(
          longest("al"),
          longest("ance"),
          longest("ence"),
          longest("er"),
          longest("ic"),
          longest("able"),
          longest("ible"),
          longest("ant"),
          longest("ement"),
          longest("ment"),
          longest("ent"),
          suffix(
              "ion", "", stem -> measure(stem) > 1 && (stem.endsWith("s") || stem.endsWith("t"))),
          longest("ou"),
          longest("ism"),
          longest("ate"),
          longest("iti"),
          longest("ous"),
          longest("ive"),
          longest("ize"));

  private PorterStemmer() {}

  /**
   * What becomes of an ending.
   *
   * @param ending what is taken away
   * @param replacement what comes in its place
   * @param condition what must hold for the rest
   */
  private record Suffix(String ending, String replacement, Predicate<String> condition) {}

  /** Returns the stem of a word in lower case. */
  static String stem(String word) {
    String irregular = IRREGULAR.get(word);
    if (irregular != null) {
      return irregular;
    }
    if (word.length() <= 2) {
      return word;
    }
    String stem = withoutEdOrIng(withoutPlural(word));
    if (stem.endsWith("y") && stem.length() > 2 && isConsonant(stem, stem.length() - 2)) {
      stem = without(stem, 1) + "i";
    }
    stem = withoutDoubleSuffix(stem);
    stem = firstThatFits(stem, NOUN_ENDINGS);
    stem = firstThatFits(stem, LAST_SUFFIXES);
    stem = withoutLastE(stem);
    return stem.endsWith("ll") && measure(without(stem, 1)) > 1 ? without(stem, 1) : stem;
  }

  private static String withoutPlural(String word) {
    return word.endsWith("ies") && word.length() == 4
        ? without(word, 1)
        : firstThatFits(word, PLURALS);
  }

  private static String withoutEdOrIng(String word) {
    if (word.endsWith("ied")) {
      return without(word, word.length() == 4 ? 1 : 2);
    }
    if (word.endsWith("eed")) {
      return measure(without(word, 3)) > 0 ? without(word, 1) : word;
    }
    for (String ending : List.of("ed", "ing")) {
      if (word.endsWith(ending)) {
        String rest = without(word, ending.length());
        if (hasVowel(rest)) {
          return mended(rest);
        }
      }
    }
    return word;
  }

  /** Gives back the e, or takes away the doubled letter, that -ed and -ing brought or took. */
  private static String mended(String rest) {
    if (rest.endsWith("at") || rest.endsWith("bl") || rest.endsWith("iz")) {
      return rest + "e";
    }
    if (endsInDoubleConsonant(rest)) {
      return "lsz".indexOf(rest.charAt(rest.length() - 1)) < 0 ? without(rest, 1) : rest;
    }
    return measure(rest) == 1 && endsShort(rest) ? rest + "e" : rest;
  }

  private static String withoutDoubleSuffix(String word) {
    String rest = word;
    while (rest.endsWith("alli") && measure(without(rest, 4)) > 0) {
      rest = without(rest, 2);
    }
    return firstThatFits(rest, DOUBLE_SUFFIXES);
  }

  private static String withoutLastE(String word) {
    if (!word.endsWith("e")) {
      return word;
    }
    String rest = without(word, 1);
    int measure = measure(rest);
    return measure > 1 || (measure == 1 && !endsShort(rest)) ? rest : word;
  }

  /** Only the first ending that the word has is tried, whether its condition holds or not. */
  private static String firstThatFits(String word, List<Suffix> suffixes) {
    for (Suffix suffix : suffixes) {
      if (word.endsWith(suffix.ending())) {
        String rest = without(word, suffix.ending().length());
        return suffix.condition().test(rest) ? rest + suffix.replacement() : word;
      }
    }
    return word;
  }

  private static String without(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }

  private static Suffix suffix(String ending, String replacement, Predicate<String> condition) {
    return new Suffix(ending, replacement, condition);
  }

  private static Suffix longer(String ending, String replacement) {
    return suffix(ending, replacement, stem -> measure(stem) > 0);
  }

  private static Suffix longest(String ending) {
    return suffix(ending, "", stem -> measure(stem) > 1);
  }

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

  /**
   * Whether a y is a consonant depends on the letter before it, so go back to a letter other than
   * y.
   */
  private static int startOfRun(String word, int place) {
    int start = place;
    while (start > 0 && word.charAt(start) == 'y') {
      start--;
    }
    return start;
  }
}
