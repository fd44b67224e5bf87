package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The losses of a conversion between formats.
 *
 * @param examples the number of examples checked
 * @param lost the number of examples that lost something, by what was lost, in alphabetical order
 */
public record ConversionReport(long examples, Map<String, Long> lost) {

  /** Copies the map. */
  public ConversionReport {
    lost = Collections.unmodifiableMap(new TreeMap<>(lost));
  }

  /** Returns whether nothing was lost. */
  public boolean isLossless() {
    return lost.isEmpty();
  }

  /**
   * Returns what writing {@code dataset} with {@code codec} would lose. Writes nothing; reads the
   * whole set once.
   */
  public static <E extends Example> ConversionReport ofWriting(
      Dataset<E> dataset, ExampleCodec<E> codec) {
    Map<String, Long> lost = new TreeMap<>();
    long count = 0;
    try (Stream<E> examples = dataset.examples()) {
      for (E example : (Iterable<E>) examples::iterator) {
        count++;
        codec.lostInWriting(example).forEach(what -> lost.merge(what, 1L, Long::sum));
      }
    }
    return new ConversionReport(count, lost);
  }

  /**
   * Returns which members of the records in a file are not kept in its examples, as JSON paths.
   * Reads the whole file once.
   */
  public static ConversionReport ofReading(FileDataset<?> dataset) {
    Map<String, Long> lost = new TreeMap<>();
    long[] count = new long[1];
    RecordStream.forEachRecord(
        dataset,
        record -> {
          count[0]++;
          dataset.codec().lostInReading(record).forEach(what -> lost.merge(what, 1L, Long::sum));
        });
    return new ConversionReport(count[0], lost);
  }

  /** Returns a readable summary. */
  @Override
  public String toString() {
    if (lost.isEmpty()) {
      return shownExamples() + ", nothing lost";
    }
    return shownExamples()
        + ", lost: "
        + lost.entrySet().stream()
            .map(entry -> entry.getKey() + " in " + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  private String shownExamples() {
    return examples == 1 ? "1 example" : examples + " examples";
  }
}
