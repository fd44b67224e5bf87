package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.internal.record.RecordFiles;
import dev.finetune4j.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads and writes files that are one JSON array of records, as Alpaca and ShareGPT data often are.
 * Reads item by item. Error messages name the line on which an item begins.
 */
public final class JsonArrayFile {
  private JsonArrayFile() {}

  /** Returns the examples in {@code file}. Reads nothing yet. */
  public static <E extends Example> FileDataset<E> read(Path file, ExampleCodec<E> codec) {
    return new FileDataset<>(file, FileKind.JSON_ARRAY, codec);
  }

  /**
   * Returns whether a file begins with a bracket and therefore does not contain JSON lines. Reads
   * its first bytes.
   *
   * @throws DataFileException if the file cannot be read
   */
  public static boolean isArray(Path file) {
    try {
      return RecordFiles.beginsWithBracket(file);
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
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
          String before = "[\n";
          while (records.hasNext()) {
            out.write(before.getBytes(StandardCharsets.UTF_8));
            out.write(Json.write(records.next()).getBytes(StandardCharsets.UTF_8));
            before = ",\n";
          }
          out.write((before.equals("[\n") ? "[]\n" : "\n]\n").getBytes(StandardCharsets.UTF_8));
        });
  }
}
