package dev.finetune4j.examples.sql;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The whole task: conversations of a schema, a question and its SQL. Immutable; thread-safe. */
public final class SqlTask {
  private static final long SEED = 20_261_122;
  private static final String INSTRUCTION =
      "You turn questions into SQL. Answer with one SELECT statement over this schema and nothing"
          + " else.\n";

  /** A way to ask, and the statement that answers. */
  private static final List<Map.Entry<String, String>> FORMS =
      List.of(
          Map.entry("How many {things} are there?", "SELECT COUNT(*) FROM {table}"),
          Map.entry(
              "How many {things} have the {group} {value}?",
              "SELECT COUNT(*) FROM {table} WHERE {group} = '{value}'"),
          Map.entry(
              "Which {things} have a {measure} above {limit}?",
              "SELECT {label} FROM {table} WHERE {number} > {limit}"),
          Map.entry(
              "What is the highest {measure} of all {things}?",
              "SELECT MAX({number}) FROM {table}"),
          Map.entry(
              "What is the average {measure} for each {group}?",
              "SELECT {group}, AVG({number}) FROM {table} GROUP BY {group}"),
          Map.entry(
              "List the {things} of the {group} {value} by {measure}, lowest first.",
              "SELECT {label} FROM {table} WHERE {group} = '{value}' ORDER BY {number}"),
          Map.entry(
              "Which {group} values have more than {few} {things}?",
              "SELECT {group} FROM {table} GROUP BY {group} HAVING COUNT(*) > {few}"));

  private final List<ChatExample> examples;

  private SqlTask(List<ChatExample> examples) {
    this.examples = examples;
  }

  /** Makes the task, the same at every call. */
  public static SqlTask make() {
    List<ChatExample> all = new ArrayList<>();
    for (SqlTable table : SqlTable.ALL) {
      for (Map.Entry<String, String> form : FORMS) {
        for (int variant = 0; variant < 6; variant++) {
          ChatExample example = example(table, form, variant);
          if (!all.contains(example)) {
            all.add(example);
          }
        }
      }
    }
    Collections.shuffle(all, new Random(SEED));
    return new SqlTask(List.copyOf(all));
  }

  /** Returns how many examples there are. */
  public int size() {
    return examples.size();
  }

  /** Returns the first {@code count} examples to learn from. */
  public Dataset<ChatExample> training(int count) {
    return Dataset.of("text-to-sql training", ChatExample.class, examples.subList(0, count));
  }

  /** Returns the last {@code count} examples, as prompts with the right statement. */
  public Dataset<PromptExample> test(int count) {
    int size = examples.size();
    return Dataset.of(
        "text-to-sql test",
        PromptExample.class,
        examples.subList(size - count, size).stream().map(PromptExample::from).toList());
  }

  private static ChatExample example(SqlTable table, Map.Entry<String, String> form, int variant) {
    return ChatExample.of(
        Message.system(INSTRUCTION + table.schema()),
        Message.user(filled(form.getKey(), table, variant)),
        Message.assistant(filled(form.getValue(), table, variant)));
  }

  private static String filled(String text, SqlTable table, int variant) {
    return text.replace("{things}", table.things())
        .replace("{table}", table.name())
        .replace("{label}", table.label())
        .replace("{group}", table.group())
        .replace("{number}", table.number())
        .replace("{measure}", table.measure())
        .replace("{value}", table.groups().get(variant % 3))
        .replace("{limit}", String.valueOf(60 + 40 * variant))
        .replace("{few}", String.valueOf(1 + variant));
  }
}
