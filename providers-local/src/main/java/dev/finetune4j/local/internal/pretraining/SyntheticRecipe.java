package dev.finetune4j.local.internal.pretraining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A made-up recipe. Immutable.
 *
 * @param lines ingredient lines as a cook writes them, in order
 * @param names the plain ingredient of each line
 */
record SyntheticRecipe(String title, List<String> lines, List<String> names) {
  static SyntheticRecipe draw(RecipeWords words, SplittableRandom random) {
    int count = 2 + random.nextInt(7);
    Map<String, String> lineOf = new LinkedHashMap<>();
    while (lineOf.size() < count) {
      int kind = random.nextInt(10);
      if (kind < 5) {
        String name = words.draw("measured", random);
        lineOf.putIfAbsent(name, measured(name, words, random));
      } else if (kind < 7) {
        String name = words.draw("counted", random);
        lineOf.putIfAbsent(name, counted(name, words, random));
      } else {
        String name = words.draw("packaged", random);
        lineOf.putIfAbsent(name, packaged(name, words, random));
      }
    }
    List<String> names = new ArrayList<>(lineOf.keySet());
    String title = title(names.get(random.nextInt(names.size())), words, random);
    return new SyntheticRecipe(title, List.copyOf(lineOf.values()), names);
  }

  private static String title(String ingredient, RecipeWords words, SplittableRandom random) {
    String main = capitalised(ingredient) + " " + words.draw("dish", random);
    return random.nextInt(3) > 0 ? words.draw("adjective", random) + " " + main : main;
  }

  private static String measured(String name, RecipeWords words, SplittableRandom random) {
    if (random.nextInt(15) == 0) {
      return random.nextBoolean() ? "dash of " + name : name + " to taste";
    }
    String amount = words.draw("quantity", random) + " " + words.draw("unit", random) + " ";
    return amount + prepared(name, "before", words, random);
  }

  private static String counted(String name, RecipeWords words, SplittableRandom random) {
    return words.draw("count", random) + " " + prepared(name, "beforecounted", words, random);
  }

  private static String packaged(String name, RecipeWords words, SplittableRandom random) {
    String count = words.draw("count", random);
    String size = words.draw("size", random);
    String container = words.draw("container", random);
    String amount =
        switch (random.nextInt(4)) {
          case 0 -> count + " (" + size + ") " + container + " ";
          case 1 -> count + " " + container + " (" + size + ") ";
          case 2 -> count + " " + container + " ";
          default -> words.draw("quantity", random) + " " + words.draw("weight", random) + " ";
        };
    return amount + prepared(name, "before", words, random);
  }

  private static String prepared(
      String name, String before, RecipeWords words, SplittableRandom random) {
    int how = random.nextInt(10);
    String start = how < 3 ? words.draw(before, random) + " " : "";
    String end = how > 2 && how < 6 ? ", " + words.draw("after", random) : "";
    return start + name + end;
  }

  private static String capitalised(String name) {
    StringBuilder capitalised = new StringBuilder();
    for (String word : name.split(" ", -1)) {
      capitalised.append(capitalised.length() == 0 ? "" : " ");
      capitalised.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return capitalised.toString();
  }
}
