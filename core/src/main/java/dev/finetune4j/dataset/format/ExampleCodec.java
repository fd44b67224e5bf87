package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.ExampleRecords;
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
   * Reads a record and reports everything that is wrong with it, not only the first problem; each
   * member that is not used is a problem as well. By default, reads it with {@link #fromRecord} and
   * checks the example, with paths in OpenAI's format.
   *
   * @return the example, null if an error was reported because of which there is none
   */
  default @Nullable E read(
      Map<String, ? extends @Nullable Object> record, RecordProblems problems) {
    try {
      E example = fromRecord(record);
      ExampleCodecs.lossless(exampleType()).read(ExampleRecords.of(example), problems);
      return example;
    } catch (MalformedExampleException e) {
      problems.error(
          "invalid-record",
          e.path(),
          e.fact(),
          "Correct the record, or read the file with the codec of its format.");
      return null;
    }
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
    if (tree instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // The parser only makes maps with strings as keys.
      Map<String, @Nullable Object> record = (Map<String, @Nullable Object>) map;
      return fromRecord(record);
    }
    throw new MalformedExampleException(
        "$", "A record must be an object, but this is " + Json.kind(tree) + ".");
  }

  /** Writes an example as one line of JSON, without a line terminator. */
  default String encode(E example) {
    return Json.write(toRecord(example));
  }
}
