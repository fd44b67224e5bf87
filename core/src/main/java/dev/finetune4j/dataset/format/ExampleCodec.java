package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.Example;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts between the records of a format and examples. Thread-safe. {@link ExampleCodecs} has the
 * common formats.
 *
 * <p>A record is a tree of maps, lists, strings, numbers, booleans and nulls: a line of JSON, an
 * item of a JSON array, or a row of a table.
 *
 * @param <E> the kind of example
 */
public interface ExampleCodec<E extends Example> {

  /** Returns the name of the format, as users write it: {@code openai-chat}. */
  String name();

  /** Returns the kind of example. */
  Class<E> exampleType();

  /**
   * Reads a record.
   *
   * @throws MalformedExampleException if it does not have this format; carries the JSON path
   */
  E fromRecord(Map<String, ? extends @Nullable Object> record);

  /** Converts an example to a record, with members in the usual order of the format. */
  Map<String, @Nullable Object> toRecord(E example);

  /** Returns what {@link #toRecord} loses of this example, as short nouns; usually nothing. */
  default List<String> lostInWriting(E example) {
    return List.of();
  }

  /** Returns the members of this record that {@link #fromRecord} does not keep, as JSON paths. */
  default List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    return List.of();
  }

  /**
   * Translates a path in a record of OpenAI's format for the same kind of example to the path in a
   * record of this format; by default the same path.
   */
  default String locate(String path) {
    return path;
  }

  /**
   * Reads a line of JSON.
   *
   * @throws MalformedExampleException if it is not a JSON object of this format
   */
  default E decode(String jsonLine) {
    Object tree;
    try {
      tree = Json.parse(jsonLine);
    } catch (JsonSyntaxException e) {
      throw new MalformedExampleException(e.path(), String.valueOf(e.getMessage()));
    }
    return fromRecord(RecordNode.requireObject(tree));
  }

  /** Writes an example as one line of JSON, without a line terminator. */
  default String encode(E example) {
    return Json.write(toRecord(example));
  }
}
