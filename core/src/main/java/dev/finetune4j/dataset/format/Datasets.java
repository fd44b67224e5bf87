package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The usual files of training data: one JSON object per line, in UTF-8, gzipped or not. They are
 * not opened until they are read. For other formats and kinds of files see {@link ExampleCodecs},
 * {@link JsonArrayFile} and {@link CsvFile}.
 */
public final class Datasets {
  private Datasets() {}

  /**
   * Looks at the beginning of a file and says what it is: gzipped or not, JSON lines, one JSON
   * array or a table, and the format of its records. Reads up to 100 records.
   *
   * <p>For example, {@code Datasets.open(file).dataset(ChatExample.class)}; the result says how
   * sure it is.
   *
   * @throws DataFileException if the file cannot be read
   */
  public static DetectedFile open(Path file) {
    try {
      return FileDetector.detect(file);
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
  }

  /** Returns the conversations of {@code file}: {@link ExampleCodecs#openAiChat()}. */
  public static FileDataset<ChatExample> openAiChat(Path file) {
    return JsonlFile.read(file, ExampleCodecs.openAiChat());
  }

  /** Returns the pairs of answers of {@code file}: {@link ExampleCodecs#openAiPreference()}. */
  public static FileDataset<PreferenceExample> openAiPreference(Path file) {
    return JsonlFile.read(file, ExampleCodecs.openAiPreference());
  }

  /** Returns the prompts of {@code file}: {@link ExampleCodecs#openAiReinforcement()}. */
  public static FileDataset<PromptExample> openAiReinforcement(Path file) {
    return JsonlFile.read(file, ExampleCodecs.openAiReinforcement());
  }
}
