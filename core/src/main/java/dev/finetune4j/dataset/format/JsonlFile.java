package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads and writes files of one JSON object per line, in UTF-8. Writes gzip if the name ends in
 * {@code .gz}; detects gzip by content when reading.
 *
 * <p>For example: {@code Dataset<ChatExample> recipes = JsonlFile.read(Path.of("recipes.jsonl"),
 * ExampleCodecs.openAiChat());}
 */
public final class JsonlFile {
  private JsonlFile() {}

  /** Returns the examples in {@code file}. Reads nothing yet. */
  public static <E extends Example> FileDataset<E> read(Path file, ExampleCodec<E> codec) {
    return new FileDataset<>(file, FileKind.JSON_LINES, codec);
  }

  /**
   * Writes a set, replacing the file atomically after everything is written, and returns what was
   * lost.
   *
   * @throws DataFileException if the file cannot be written
   */
  public static <E extends Example> ConversionReport write(
      Dataset<E> dataset, Path file, ExampleCodec<E> codec) {
    return DatasetWriting.write(
        dataset,
        codec,
        file,
        (out, records) -> {
          while (records.hasNext()) {
            out.write(Json.write(records.next()).getBytes(StandardCharsets.UTF_8));
            out.write('\n');
          }
        });
  }
}
