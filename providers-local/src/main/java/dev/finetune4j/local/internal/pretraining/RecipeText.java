package dev.finetune4j.local.internal.pretraining;

import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The text that the tiny base learns from: recipes in many dresses, and a few conversations about them.
 *
 * <p>It never holds a list of ingredients as JSON, nor any of the instructions that the examples of this project tune for.
 * For one thread.
 */
final class RecipeText {
  private final RecipeWords words;
  private final SplittableRandom random;

  RecipeText(RecipeWords words, long seed) {
    this.words = words;
    this.random = new SplittableRandom(seed);
  }

  /** The next piece of running text. */
  String document() {
    SyntheticRecipe recipe = SyntheticRecipe.draw(words, random);
    return switch (random.nextInt(7)) {
      case 0 -> card(recipe) + directions(recipe);
      case 1 -> card(recipe) + "contains: " + String.join(", ", recipe.names()) + "\n";
      case 2 -> plainly(recipe);
      case 3 -> recipe.title() + ": " + String.join("; ", recipe.lines()) + "\nTo buy: " + bullets(recipe.names());
      case 4 -> "Shopping for " + recipe.title() + "\n" + bullets(recipe.names()) + "Recipe\n" + bullets(recipe.lines());
      case 5 -> quoted(recipe);
      default -> card(recipe) + "Without amounts:\n" + bullets(recipe.names());
    };
  }

  /** The next conversation: a general question about a recipe, and its answer. */
  List<ChatMessage> conversation() {
    SyntheticRecipe recipe = SyntheticRecipe.draw(words, random);
    int line = random.nextInt(recipe.lines().size());
    String name = recipe.names().get(line);
    return switch (random.nextInt(5)) {
      case 0 -> chat(card(recipe) + "How much " + name + "?", recipe.lines().get(line));
      case 1 -> chat(card(recipe) + "What is it called?", recipe.title());
      case 2 -> chat("What does " + recipe.lines().get(line) + " mean?", "It means " + name + ".");
      case 3 -> chat(card(recipe) + "What do I need to buy?", String.join(", ", recipe.names()) + ".");
      default -> chat(card(recipe) + "How do I make it?", directions(recipe).trim());
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

  private String plainly(SyntheticRecipe recipe) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < recipe.lines().size(); i++) {
      text.append(recipe.lines().get(i)).append(" = ").append(recipe.names().get(i)).append('\n');
    }
    return text.toString();
  }

  /** Quoted lists occur, so that their signs are tokens; what is in them is no plain ingredient. */
  private String quoted(SyntheticRecipe recipe) {
    String list = String.join("\", \"", random.nextBoolean() ? recipe.lines() : List.of(words.draw("adjective", random), words.draw("dish", random)));
    return recipe.title() + "\n[\"" + list + "\"]\n";
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
