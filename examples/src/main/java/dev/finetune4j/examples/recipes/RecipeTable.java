package dev.finetune4j.examples.recipes;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.format.ColumnMapping;
import dev.finetune4j.dataset.format.CsvFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small table of made-up recipes, read from CSV: title, ingredient lines, plain ingredients. The
 * first 100 rows are for training, the next 30 for validation, the last 40 for the test. Immutable.
 */
public final class RecipeTable {
  private static final String RESOURCE = "/dev/finetune4j/examples/recipes.csv";
  private static final int TRAINING = 100;
  private static final int VALIDATION = 30;
  private static final ColumnMapping COLUMNS =
      ColumnMapping.of("Title: {{title}}\nIngredients:\n{{ingredients}}", "{{plain}}")
          .withSystem("Answer with a JSON list of the plain ingredients.");

  private final List<ChatExample> rows;

  private RecipeTable(List<ChatExample> rows) {
    this.rows = rows;
  }

  /** Copies the table that the examples carry into {@code folder} and reads it there. */
  public static RecipeTable in(Path folder) {
    Path file = folder.resolve("recipes.csv");
    try (InputStream table = RecipeTable.class.getResourceAsStream(RESOURCE)) {
      if (table == null) {
        throw new IllegalStateException("The class path lacks " + RESOURCE + ".");
      }
      Files.createDirectories(folder);
      Files.copy(table, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("The table cannot be copied to " + file + ".", e);
    }
    try (Stream<ChatExample> rows = CsvFile.read(file, COLUMNS).examples()) {
      return new RecipeTable(rows.toList());
    }
  }

  /** Returns the rows to learn from. */
  public Dataset<ChatExample> training() {
    return part("recipes-training", 0, TRAINING);
  }

  /** Returns the rows whose loss is watched. */
  public Dataset<ChatExample> validation() {
    return part("recipes-validation", TRAINING, TRAINING + VALIDATION);
  }

  /** Returns the rows that no model has seen, as questions with their answers. */
  public Dataset<PromptExample> test() {
    return part("recipes-test", TRAINING + VALIDATION, rows.size()).asPrompts();
  }

  /** Returns pairs of answers: the list is preferred, the same as a chatty sentence is rejected. */
  public static Dataset<PreferenceExample> pairs(Dataset<ChatExample> examples) {
    return examples.map(
        PreferenceExample.class,
        example ->
            PreferenceExample.of(
                example.prompt(),
                Message.assistant(example.answer()),
                Message.assistant("Sure! You will need " + chatty(example.answer()) + ".")));
  }

  private static String chatty(String json) {
    return json.replaceAll("[\\[\\]\"]", "");
  }

  private Dataset<ChatExample> part(String name, int from, int to) {
    return Dataset.of(name, rows.subList(from, to));
  }
}
