package dev.finetune4j.providerkit.job;

import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The metrics file of a job: CSV with a header line, plain or in base64. Stateless. */
public final class ResultFile {
  private static final String FIRST_COLUMN = "step";

  private ResultFile() {}

  /**
   * Reads the figures, one entry for each row, in the order of the file. Columns are known by their
   * names, an empty cell is a missing figure, and a row without a step is counted on.
   *
   * @return empty if the text is no such table
   */
  public static List<TrainingMetrics> read(String content) {
    String[] lines = plain(content).split("\r?\n", -1);
    String[] names = lines[0].split(",", -1);
    List<TrainingMetrics> rows = new ArrayList<>();
    for (int line = 1; line < lines.length; line++) {
      String[] cells = lines[line].split(",", -1);
      JsonObject figures = JsonObject.empty();
      for (int column = 0; column < Math.min(cells.length, names.length); column++) {
        if (!cells[column].isBlank()) {
          figures.put(names[column].strip(), cells[column].strip());
        }
      }
      if (!figures.asMap().isEmpty()) {
        rows.add(MetricAnswers.read(figures, line));
      }
    }
    return rows;
  }

  /** OpenAI sends the table in base64 and Azure plain; neither says so in a header. */
  private static String plain(String content) {
    String text = content.strip();
    return decoded(text).filter(plain -> plain.startsWith(FIRST_COLUMN)).orElse(text);
  }

  private static Optional<String> decoded(String text) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
