package dev.finetune4j.local.internal.pretraining;

import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The text that the tiny base learns from: recipes in many dresses, and a few conversations about
 * them.
 *
 * <p>It never holds a list of ingredients as JSON, nor the instruction that the examples of this
 * project tune for. For one thread.
 */
final class RecipeText {
  private final RecipeWords words;
  private final SplittableRandom random;

  /**
   * A piece of running text.
   *
   * @param start what nothing before it foretells: amounts, names
   * @param end what follows from the start for one who can read
   */
  record Document(String start, String end) {}

  RecipeText(RecipeWords words, long seed) {
    this.words = words;
    this.random = new SplittableRandom(seed);
  }

  /** The next piece of running text. */
  Document document() {
    SyntheticRecipe recipe = SyntheticRecipe.draw(words, random);
    List<String> names = recipe.names();
    return switch (random.nextInt(9)) {
      case 0 -> new Document(card(recipe), directions(recipe));
      case 1 -> new Document(card(recipe) + "contains:", " " + String.join(", ", names) + "\n");
      case 2, 3 -> lineByLine(recipe);
      case 4 ->
          new Document(
              recipe.title() + ": " + String.join("; ", recipe.lines()) + "\nTo buy:\n",
              bullets(names));
      case 5 -> new Document(card(recipe) + "Without amounts:\n", bullets(names));
      case 6 ->
          new Document(card(recipe) + "Labels:", " \"" + String.join("\" \"", names) + "\"\n");
      case 7 -> quotedCard(recipe);
      default -> again(names);
    };
  }

  /** The next conversation: a general question about a recipe, and its answer. */
  List<ChatMessage> conversation() {
    SyntheticRecipe recipe = SyntheticRecipe.draw(words, random);
    int line = random.nextInt(recipe.lines().size());
    String name = recipe.names().get(line);
    return switch (random.nextInt(6)) {
      case 0 -> chat(card(recipe) + "How much " + name + "?", recipe.lines().get(line));
      case 1 -> chat(card(recipe) + "What is it called?", recipe.title());
      case 2 -> chat("What does " + recipe.lines().get(line) + " mean?", "It means " + name + ".");
      case 3 -> chat(card(recipe) + "How do I make it?", directions(recipe).trim());
      default ->
          chat(card(recipe) + "What do I need to buy?", String.join(", ", recipe.names()) + ".");
    };
  }

  private static List<ChatMessage> chat(String question, String answer) {
    return List.of(
        ChatMessage.of("system", "You answer questions about recipes."),
        ChatMessage.of("user", question),
        ChatMessage.answer(answer));
  }

  private String card(SyntheticRecipe recipe) {
    String heading = random.nextBoolean() ? "Ingredients:\n" : "Ingredients\n";
    String start = random.nextBoolean() ? "Title: " : "";
    return start + recipe.title() + "\n" + heading + bullets(recipe.lines());
  }

  private String bullets(List<String> lines) {
    String mark = random.nextBoolean() ? "- " : "";
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(mark).append(line).append('\n'));
    return text.toString();
  }

  private Document lineByLine(SyntheticRecipe recipe) {
    String sign = random.nextBoolean() ? " = " : " is ";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < recipe.lines().size(); i++) {
      text.append(recipe.lines().get(i)).append(sign).append(recipe.names().get(i)).append('\n');
    }
    return new Document("", text.toString());
  }

  /** Quoted lists occur, so that their signs are tokens; what is in them is no plain ingredient. */
  private Document quotedCard(SyntheticRecipe recipe) {
    return new Document(card(recipe), "[\"" + String.join("\", \"", recipe.lines()) + "\"]\n");
  }

  private Document again(List<String> names) {
    List<String> shuffled = new ArrayList<>(names);
    Collections.swap(shuffled, 0, shuffled.size() - 1);
    String list = String.join(random.nextBoolean() ? ", " : "\n", shuffled);
    return new Document(
        "Read: " + list + "\nAgain:", (list.contains("\n") ? "\n" : " ") + list + "\n");
  }

  private String directions(SyntheticRecipe recipe) {
    StringBuilder text = new StringBuilder("Directions: ");
    int next = 0;
    while (next < recipe.names().size()) {
      int end = Math.min(recipe.names().size(), next + 1 + random.nextInt(3));
      String list = String.join(" and ", recipe.names().subList(next, end));
      text.append(words.draw("together", random)).append(' ').append(list);
      text.append(random.nextBoolean() ? " in " + words.draw("place", random) : "").append(". ");
      next = end;
    }
    return text.append(words.draw("cook", random)).append('\n').toString();
  }
}
