package dev.finetune4j.examples.recipes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Training, validation and test examples, no recipe in two of them; and a few whose ingredients no
 * model of this project has ever read. The same seed gives the same examples. Immutable.
 *
 * <p>For example "2 1/2 c. firmly packed brown sugar" and "3 eggs, beaten" ask for {@code ["brown
 * sugar", "eggs"]}.
 *
 * @param training 1,500 examples to learn from
 * @param validation 100 to watch while learning
 * @param test 100 to judge by
 * @param neverSeen 20 whose ingredients occur neither in the training examples nor in what the tiny
 *     base has read
 */
public record RecipeExamples(
    List<RecipeExample> training,
    List<RecipeExample> validation,
    List<RecipeExample> test,
    List<RecipeExample> neverSeen) {
  private static final String SYSTEM = "Answer with a JSON list of the plain ingredients.";

  /** Forms of a line; the ingredient itself is in double braces. */
  private static final List<String> LINES =
      List.of(
          "{quantity} {unit} {{measured}}",
          "{quantity} {unit} {{measured}}",
          "{quantity} {unit} {before} {{measured}}",
          "{quantity} {unit} {{measured}}, {after}",
          "{count} {{counted}}",
          "{count} {beforecounted} {{counted}}",
          "{count} {{counted}}, {after}",
          "{count} ({size}) {container} {{packaged}}",
          "{count} {container} ({size}) {{packaged}}",
          "{quantity} {weight} {{packaged}}",
          "{quantity} {weight} {before} {{packaged}}",
          "{count} {container} {{packaged}}, {after}",
          "{{measured}} to taste");

  private static final Map<String, List<String>> STRANGE =
      Map.of(
          "measured",
              List.of(
                  "fenugreek",
                  "sumac",
                  "tahini",
                  "gochujang",
                  "cachaca",
                  "xanthan gum",
                  "asafoetida",
                  "mirin"),
          "counted",
              List.of(
                  "kumquats", "quinces", "lychees", "endives", "artichokes", "papayas", "guavas"),
          "packaged",
              List.of(
                  "jicama",
                  "tempeh",
                  "bulgur",
                  "halibut",
                  "venison",
                  "okra",
                  "kohlrabi",
                  "quinoa"));

  /** Makes all examples; takes a few milliseconds. */
  public static RecipeExamples of(long seed) {
    WordLists words = WordLists.load();
    List<RecipeExample> known = draw(1_700, words, new SplittableRandom(seed));
    List<RecipeExample> strange = draw(20, words.with(STRANGE), new SplittableRandom(seed + 1));
    return new RecipeExamples(
        known.subList(0, 1_500), known.subList(1_500, 1_600), known.subList(1_600, 1_700), strange);
  }

  private static List<RecipeExample> draw(int count, WordLists words, SplittableRandom random) {
    Map<String, RecipeExample> bySetOfNames = new LinkedHashMap<>();
    while (bySetOfNames.size() < count) {
      Map<String, String> lineOf = new LinkedHashMap<>();
      int lines = 2 + random.nextInt(5);
      while (lineOf.size() < lines) {
        String template = LINES.get(random.nextInt(LINES.size()));
        String filled = words.fill(template, random);
        String name = filled.substring(filled.indexOf('{') + 1, filled.indexOf('}'));
        lineOf.putIfAbsent(name, filled.replace("{", "").replace("}", ""));
      }
      String key = lineOf.keySet().stream().sorted().collect(Collectors.joining("|"));
      bySetOfNames.putIfAbsent(key, example(lineOf, words, random));
    }
    return new ArrayList<>(bySetOfNames.values());
  }

  private static RecipeExample example(
      Map<String, String> lineOf, WordLists words, SplittableRandom random) {
    String title = words.fill("{adjective} {dish}", random);
    String user = "Title: " + title + "\nIngredients:\n- " + String.join("\n- ", lineOf.values());
    String answer = "[\"" + String.join("\", \"", lineOf.keySet()) + "\"]";
    return new RecipeExample(SYSTEM, user, answer);
  }
}
