package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.Example;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file of training data was found to be, by looking at its beginning. Immutable and
 * thread-safe.
 *
 * @param file the file
 * @param gzipped whether its content is compressed with gzip
 * @param kind how its records are written; empty if that was not recognized
 * @param table how the cells are written, if it is a table; else {@link TableFormat#CSV}
 * @param codec the format of its records; empty if that was not recognized
 * @param certainty how sure this is
 * @param explanation what was seen, and what to do if the format was not recognized
 */
public record DetectedFile(
    Path file,
    boolean gzipped,
    Optional<FileKind> kind,
    TableFormat table,
    Optional<ExampleCodec<? extends Example>> codec,
    Certainty certainty,
    String explanation) {

  /** How sure a guess is. */
  public enum Certainty {
    /** All records that were looked at have this format, without any member that it lacks. */
    CERTAIN,
    /** The format fits best, but records have other members or faults, or are few cells. */
    LIKELY,
    /** No format fits. */
    UNKNOWN
  }

  /**
   * Returns the examples of the file. Reads nothing yet.
   *
   * @throws IllegalStateException if the format was not recognized; says what to do
   */
  public FileDataset<?> dataset() {
    return dataset(requireCodec());
  }

  /**
   * Returns the examples of the file as one kind. Reads nothing yet.
   *
   * @throws IllegalStateException if the format was not recognized, or holds another kind; says
   *     what to do
   */
  @SuppressWarnings("unchecked") // The check of the class proves it.
  public <E extends Example> FileDataset<E> dataset(Class<E> exampleType) {
    ExampleCodec<?> found = requireCodec();
    if (found.exampleType() != exampleType) {
      throw new IllegalStateException(
          file.getFileName()
              + " has the format "
              + found.name()
              + ", which holds "
              + found.exampleType().getSimpleName()
              + ", not "
              + exampleType.getSimpleName()
              + ".");
    }
    return dataset((ExampleCodec<E>) found);
  }

  private ExampleCodec<?> requireCodec() {
    return codec.orElseThrow(
        () -> new IllegalStateException(file.getFileName() + ": " + explanation));
  }

  private <E extends Example> FileDataset<E> dataset(ExampleCodec<E> format) {
    return new FileDataset<>(file, kind.orElseThrow(), table, format);
  }

  /** Returns it in one line: {@code a.json.gz: JSON array, gzip, alpaca (certain): ...}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(file.getFileName()).append(": ");
    text.append(
        kind.map(
                found ->
                    switch (found) {
                      case JSON_LINES -> "JSON lines";
                      case JSON_ARRAY -> "JSON array";
                      case CSV -> table.delimiter() == '\t' ? "TSV" : "CSV";
                    })
            .orElse("unknown kind"));
    if (kind.equals(Optional.of(FileKind.CSV)) && table.delimiter() != '\t') {
      text.append(" with \"").append(table.delimiter()).append('"');
    }
    if (gzipped) {
      text.append(", gzip");
    }
    codec.ifPresent(format -> text.append(", ").append(format.name()));
    return text.append(" (")
        .append(certainty.name().toLowerCase(Locale.ROOT))
        .append("): ")
        .append(explanation)
        .toString();
  }
}
