package dev.finetune4j.huggingface.data;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.format.ColumnMapping;
import dev.finetune4j.dataset.format.ExampleCodec;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.format.MalformedExampleException;
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
 * Converts rows of a table to examples. Rows are maps from column to string, number, boolean, list
 * or map; class numbers are replaced by class names. Immutable and thread-safe.
 *
 * <p>For a data set with the columns {@code question}, {@code context} and {@code answer}:
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

  /** Maps whole rows with a codec. */
  public static <E extends Example> RowMapping<E> of(ExampleCodec<E> codec) {
    return renamed(codec, Map.of());
  }

  /** Maps one column with a list of messages, each with a role and content, to a conversation. */
  public static RowMapping<ChatExample> messages(String column) {
    return renamed(ExampleCodecs.openAiChat(), Map.of(column, "messages"));
  }

  /** Maps two columns, a question and an answer, each a string or a list of messages. */
  public static RowMapping<ChatExample> promptCompletion(String prompt, String completion) {
    return renamed(
        ExampleCodecs.promptCompletion(), Map.of(prompt, "prompt", completion, "completion"));
  }

  /** Maps three columns to preference pairs, each a string or a list of messages. */
  public static RowMapping<PreferenceExample> preference(
      String prompt, String chosen, String rejected) {
    return renamed(
        ExampleCodecs.chosenRejected(),
        Map.of(prompt, "prompt", chosen, "chosen", rejected, "rejected"));
  }

  /** Maps rows to conversations with templates in which {@code {{column}}} is a column's value. */
  public static RowMapping<ChatExample> template(ColumnMapping templates) {
    return of(ExampleCodecs.columns(templates));
  }

  /** Maps whole rows with a function, which must be thread-safe. */
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
   * Returns the example for a row.
   *
   * @param place names the row in messages
   * @throws MalformedExampleException if the row is not a valid example
   */
  E example(Map<String, @Nullable Object> row, String place) {
    try {
      return reading.apply(record(row));
    } catch (MalformedExampleException e) {
      throw new MalformedExampleException(e.path(), place + ": " + e.fact());
    }
  }

  /** Returns those of the columns that the mapping uses. */
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
                "Missing column \"" + column + "\"; the columns are " + row.keySet() + ".");
          }
        });
    return record;
  }

  /** Treats a null member as absent, because in a table every struct has every member. */
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
