package dev.finetune4j.dataset;

import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonSyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns one record of a format into an example and back. Thread-safe. {@link ExampleCodecs} has the
 * common ones.
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
   * @throws MalformedExampleException if it is not of this format; carries the JSON path
   */
  E fromRecord(Map<String, ? extends @Nullable Object> record);

  /** Writes an example as a record, members in the format's usual order. */
  Map<String, @Nullable Object> toRecord(E example);

  /**
   * Returns what {@link #toRecord} leaves out of this example, each as a short noun; usually none.
   */
  default List<String> lostInWriting(E example) {
    return List.of();
  }

  /** Returns the members of this record that {@link #fromRecord} does not keep, as JSON paths. */
  default List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    return List.of();
  }

  /**
   * Returns where in this format's records stands what stands at {@code path} in the record of the
   * OpenAI format for the same kind of example; {@code path} itself by default.
   */
  default String locate(String path) {
    return path;
  }

  /**
   * Reads a line of JSON.
   *
   * @throws MalformedExampleException if it is not JSON, no object, or not of this format
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

  /** Writes an example as one line of JSON, without the line's end. */
  default String encode(E example) {
    return Json.write(toRecord(example));
  }
}
