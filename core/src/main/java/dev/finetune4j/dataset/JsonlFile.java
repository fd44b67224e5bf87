package dev.finetune4j.dataset;

import dev.finetune4j.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Files of one JSON object a line, in UTF-8; gzipped if the name ends in {@code .gz} on writing, or
 * if the content says so on reading.
 *
 * <p>For example: {@code Dataset<ChatExample> recipes = JsonlFile.read(Path.of("recipes.jsonl"),
 * ExampleCodecs.openAiChat());}
 */
public final class JsonlFile {
  private JsonlFile() {}

  /** Returns the set that stands in {@code file}. Reads nothing yet. */
  public static <E extends Example> FileDataset<E> read(Path file, ExampleCodec<E> codec) {
    return new FileDataset<>(file, FileKind.JSON_LINES, codec);
  }

  /**
   * Writes a set, replacing the file in one step once all is written, and returns what the format
   * could not hold.
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
