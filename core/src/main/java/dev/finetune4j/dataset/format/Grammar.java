package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.Example;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A format whose reader is also its checker: it reports every problem of a record on the way, and
 * each member that it did not use.
 */
abstract class Grammar<E extends Example> implements ExampleCodec<E> {
  private final String name;
  private final Class<E> type;

  Grammar(String name, Class<E> type) {
    this.name = name;
    this.type = type;
  }

  /** Reads a record. Reports at least one failure if it returns null. */
  abstract @Nullable E read(RecordNode root);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Class<E> exampleType() {
    return type;
  }

  @Override
  public final E fromRecord(Map<String, ? extends @Nullable Object> record) {
    E example = read(RecordNode.root(record, null));
    if (example == null) {
      throw new MalformedExampleException("$", "The record is not in the format " + name + ".");
    }
    return example;
  }

  @Override
  public final @Nullable E read(
      Map<String, ? extends @Nullable Object> record, RecordProblems problems) {
    RecordNode root = RecordNode.root(record, problems);
    E example = read(root);
    return root.failed() ? null : example;
  }

  @Override
  public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    Set<String> lost = new LinkedHashSet<>();
    read(
        record,
        new RecordProblems() {
          @Override
          public void error(String rule, String path, String message, String suggestion) {
            if (rule.equals("unknown-key") || rule.equals("not-kept")) {
              lost.add(path.replaceAll("\\[\\d+]", "[*]"));
            }
          }

          @Override
          public void warning(String rule, String path, String message, String suggestion) {
            error(rule, path, message, suggestion);
          }

          @Override
          public void note(String rule, String path, String message, String suggestion) {
            error(rule, path, message, suggestion);
          }
        });
    return new ArrayList<>(lost);
  }
}
