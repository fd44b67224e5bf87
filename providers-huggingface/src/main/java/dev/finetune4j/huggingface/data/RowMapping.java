package dev.finetune4j.huggingface.data;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.ColumnMapping;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.ExampleCodec;
import dev.finetune4j.dataset.ExampleCodecs;
import dev.finetune4j.dataset.MalformedExampleException;
import dev.finetune4j.dataset.PreferenceExample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a row of a table becomes an example. Rows are maps from column to text, number, truth value,
 * list or map; the number of a class is its name. Immutable and thread-safe.
 *
 * <p>For a set with the columns {@code question}, {@code context} and {@code answer}:
 *
 * <pre>{@code
 * RowMapping.template(ColumnMapping.of("{{context}}\n\n{{question}}", "{{answer}}"))
 * }</pre>
 *
 * @param <E> the kind of example
 */
public final class RowMapping<E extends Example> {
  private final Class<E> type;
  private final Map<String, String> renamed;
  private final Function<Map<String, @Nullable Object>, E> reading;
  private final Function<Map<String, @Nullable Object>, List<String>> unread;

  private RowMapping(
      Class<E> type,
      Map<String, String> renamed,
      Function<Map<String, @Nullable Object>, E> reading,
      Function<Map<String, @Nullable Object>, List<String>> unread) {
    this.type = Objects.requireNonNull(type, "type");
    this.renamed = Map.copyOf(renamed);
    this.reading = Objects.requireNonNull(reading, "reading");
    this.unread = unread;
  }

  /** Returns rows that are records of a format, in all their columns. */
  public static <E extends Example> RowMapping<E> of(ExampleCodec<E> codec) {
    return renamed(codec, Map.of());
  }

  /** Returns conversations: one column with a list of messages, each with a role and a content. */
  public static RowMapping<ChatExample> messages(String column) {
    return renamed(ExampleCodecs.openAiChat(), Map.of(column, "messages"));
  }

  /** Returns a question and an answer: two columns, each a text or a list of messages. */
  public static RowMapping<ChatExample> promptCompletion(String prompt, String completion) {
    return renamed(
        ExampleCodecs.promptCompletion(), Map.of(prompt, "prompt", completion, "completion"));
  }

  /** Returns pairs of a better and a worse answer: three columns, texts or lists of messages. */
  public static RowMapping<PreferenceExample> preference(
      String prompt, String chosen, String rejected) {
    return renamed(
        ExampleCodecs.chosenRejected(),
        Map.of(prompt, "prompt", chosen, "chosen", rejected, "rejected"));
  }

  /** Returns conversations made by templates in which {@code {{column}}} is a column's value. */
  public static RowMapping<ChatExample> template(ColumnMapping templates) {
    return of(ExampleCodecs.columns(templates));
  }

  /** Returns examples that code of the caller makes of whole rows; it must be thread-safe. */
  public static <E extends Example> RowMapping<E> function(
      Class<E> type, Function<Map<String, @Nullable Object>, E> reading) {
    return new RowMapping<>(type, Map.of(), reading, row -> List.of());
  }

  private static <E extends Example> RowMapping<E> renamed(
      ExampleCodec<E> codec, Map<String, String> names) {
    return new RowMapping<>(codec.exampleType(), names, codec::fromRecord, codec::lostInReading);
  }

  /** Returns the kind of example. */
  public Class<E> exampleType() {
    return type;
  }

  /**
   * Returns the example that a row makes.
   *
   * @param place names the row in messages
   * @throws MalformedExampleException if it makes none
   */
  E example(Map<String, @Nullable Object> row, String place) {
    try {
      return reading.apply(record(row));
    } catch (MalformedExampleException e) {
      throw new MalformedExampleException(e.path(), place + ": " + e.fact());
    }
  }

  /** Returns those of the columns whose values would be lost to an example. */
  Set<String> counting(Map<String, @Nullable Object> row, Set<String> columns) {
    Set<String> counting = new LinkedHashSet<>(columns);
    if (renamed.isEmpty()) {
      List<String> lost = unread.apply(row);
      counting.removeIf(column -> lost.contains("$." + column));
    } else {
      counting.retainAll(renamed.keySet());
    }
    return counting;
  }

  private Map<String, @Nullable Object> record(Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    row.forEach(
        (column, value) -> {
          String name = renamed.isEmpty() ? column : renamed.get(column);
          if (name != null) {
            record.put(name, withoutNulls(value));
          }
        });
    renamed.forEach(
        (column, name) -> {
          if (!record.containsKey(name)) {
            throw new MalformedExampleException(
                "$." + column,
                "There is no column \"" + column + "\"; the columns are " + row.keySet() + ".");
          }
        });
    return record;
  }

  /** In a table every struct has every member; one that is null was absent when it was written. */
  private static @Nullable Object withoutNulls(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> kept = new LinkedHashMap<>();
      map.forEach(
          (name, member) -> {
            if (member != null) {
              kept.put(String.valueOf(name), withoutNulls(member));
            }
          });
      return kept;
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> kept = new ArrayList<>(list.size());
      list.forEach(item -> kept.add(withoutNulls(item)));
      return kept;
    }
    return value;
  }
}
