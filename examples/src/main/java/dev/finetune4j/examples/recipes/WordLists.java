package dev.finetune4j.examples.recipes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of words by name, and templates filled from them. Immutable. */
final class WordLists {
  /** The words that the tiny base has read too; it is carried by the embedded provider. */
  private static final String RESOURCE = "/dev/finetune4j/local/pretraining/recipe-words.txt";

  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

  private final Map<String, List<String>> lists;

  private WordLists(Map<String, List<String>> lists) {
    this.lists = Map.copyOf(lists);
  }

  static WordLists load() {
    InputStream resource = WordLists.class.getResourceAsStream(RESOURCE);
    if (resource == null) {
      throw new IllegalStateException("the class path lacks " + RESOURCE + " of finetune4j-local");
    }
    Map<String, List<String>> lists = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        int colon = line.indexOf(": ");
        if (!line.startsWith("#")) {
          lists.put(line.substring(0, colon), List.of(line.substring(colon + 2).split("\\|", -1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WordLists(lists);
  }

  /** These lists with some replaced. */
  WordLists with(Map<String, List<String>> others) {
    Map<String, List<String>> replaced = new HashMap<>(lists);
    replaced.putAll(others);
    return new WordLists(replaced);
  }

  /** The template with each {@code {name}} replaced by a word of that list. */
  String fill(String template, SplittableRandom random) {
    Matcher matcher = PLACE.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      List<String> list = lists.getOrDefault(matcher.group(1), List.of());
      matcher.appendReplacement(
          filled, Matcher.quoteReplacement(list.get(random.nextInt(list.size()))));
    }
    return matcher.appendTail(filled).toString();
  }
}
