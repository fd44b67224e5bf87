package dev.finetune4j.evaluation;

import java.lang.Character.UnicodeScript;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Guesses the language of a text by its script and its most frequent words. */
final class Languages {
  static final String OTHER = "other";

  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}']+");

  /** Japanese mixes its own scripts with Han, so its own come first. */
  private static final Map<UnicodeScript, String> SCRIPTS =
      ordered(
          List.of(
              Map.entry(UnicodeScript.HIRAGANA, "Japanese"),
              Map.entry(UnicodeScript.KATAKANA, "Japanese"),
              Map.entry(UnicodeScript.HANGUL, "Korean"),
              Map.entry(UnicodeScript.HAN, "Chinese"),
              Map.entry(UnicodeScript.CYRILLIC, "Cyrillic script"),
              Map.entry(UnicodeScript.ARABIC, "Arabic script"),
              Map.entry(UnicodeScript.GREEK, "Greek"),
              Map.entry(UnicodeScript.HEBREW, "Hebrew"),
              Map.entry(UnicodeScript.THAI, "Thai"),
              Map.entry(UnicodeScript.DEVANAGARI, "Devanagari script")));

  /** Short words that are frequent in one language and rare in the others. */
  private static final Map<String, Set<String>> WORDS =
      ordered(
          List.of(
              words("English", "the and of to is are was with for what how this that you my it"),
              words("German", "der die das und ist ich nicht ein eine mit wie auf zu den für wir"),
              words("French", "le la les et est une des pas je vous dans que pour du qui sur"),
              words("Spanish", "el la los las y es una que no en por con para del cómo mi"),
              words("Italian", "il lo gli e è un una che non di per con della come sono mi"),
              words("Portuguese", "o os as e é um uma que não em por com para do da como"),
              words("Dutch", "de het een en is ik niet van met voor op dat hoe wat zijn te")));

  private Languages() {}

  static String of(String text) {
    return byScript(text).orElseGet(() -> byWords(text));
  }

  /** Returns the language of a non-Latin script that has at least a fifth of the letters. */
  private static Optional<String> byScript(String text) {
    Map<UnicodeScript, Long> letters =
        text.codePoints()
            .filter(Character::isLetter)
            .mapToObj(UnicodeScript::of)
            .collect(Collectors.groupingBy(script -> script, Collectors.counting()));
    long all = letters.values().stream().mapToLong(count -> count).sum();
    return SCRIPTS.entrySet().stream()
        .filter(entry -> letters.getOrDefault(entry.getKey(), 0L) * 5 >= Math.max(1, all))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String byWords(String text) {
    List<String> words = List.of(NO_LETTERS.split(text.toLowerCase(Locale.ROOT)));
    String best = OTHER;
    long most = 0;
    for (Map.Entry<String, Set<String>> language : WORDS.entrySet()) {
      long hits = words.stream().filter(language.getValue()::contains).count();
      // A tie between two languages is undecided.
      best = hits > most ? language.getKey() : hits == most ? OTHER : best;
      most = Math.max(most, hits);
    }
    return best;
  }

  private static Map.Entry<String, Set<String>> words(String language, String words) {
    return Map.entry(language, Set.of(words.split(" ")));
  }

  private static <K, V> Map<K, V> ordered(List<Map.Entry<K, V>> entries) {
    Map<K, V> map = new LinkedHashMap<>();
    entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }
}
