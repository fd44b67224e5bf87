package dev.finetune4j.local.internal.pretraining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The word lists of recipe text, by name. Immutable. */
final class RecipeWords {
  private static final String RESOURCE = "/dev/finetune4j/local/pretraining/recipe-words.txt";

  private final Map<String, List<String>> lists;

  private RecipeWords(Map<String, List<String>> lists) {
    this.lists = lists;
  }

  static RecipeWords load() throws IOException {
    InputStream resource = RecipeWords.class.getResourceAsStream(RESOURCE);
    if (resource == null) {
      throw new IOException("the resource " + RESOURCE + " is missing");
    }
    try (BufferedReader reader =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8));
        Stream<String> lines = reader.lines()) {
      Map<String, List<String>> lists = new HashMap<>();
      lines
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                int colon = line.indexOf(": ");
                lists.put(
                    line.substring(0, colon), List.of(line.substring(colon + 2).split("\\|", -1)));
              });
      return new RecipeWords(lists);
    }
  }

  List<String> list(String name) {
    return lists.getOrDefault(name, List.of());
  }

  /** One random word of a list; repeated words are more likely. */
  String draw(String name, SplittableRandom random) {
    List<String> list = list(name);
    return list.get(random.nextInt(list.size()));
  }
}
