package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds examples of one set whose prompts also appear in another: exactly, ignoring case and white
 * space, or almost. The sets may contain different kinds of example.
 */
public final class LeakageCheck {
  private static final long REMEMBERED = 1L << 20;
  private static final int KEPT = 1_000;

  private LeakageCheck() {}

  /**
   * Returns a warning for each example of {@code training} whose prompt appears in {@code heldOut},
   * the set that the model will be evaluated on. Reads each set once, in bounded memory.
   *
   * @throws dev.finetune4j.dataset.format.MalformedExampleException if a file contains a broken
   *     record
   */
  public static ValidationReport between(
      Dataset<? extends Example> training, Dataset<? extends Example> heldOut) {
    LeakFinder leaks = LeakFinder.of(List.of(heldOut), REMEMBERED);
    FindingCollector collector = new FindingCollector(Set.of(), KEPT);
    ExampleDigester digester = new ExampleDigester();
    long line = 0;
    try (Stream<? extends Example> examples = training.examples()) {
      Iterator<? extends Example> all = examples.iterator();
      while (all.hasNext()) {
        line++;
        leaks.check(line, digester.digest(all.next(), true), collector);
      }
    }
    return collector.report(training.name(), line);
  }
}
