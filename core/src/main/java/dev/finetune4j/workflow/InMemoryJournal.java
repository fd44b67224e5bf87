package dev.finetune4j.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A journal that does not survive the application: for tests, and for runs that cost nothing.
 * Thread-safe.
 */
public final class InMemoryJournal implements WorkflowJournal {
  private final Map<RunId, List<JournalEntry>> entries = new HashMap<>();
  private final Map<RunId, Map<String, String>> texts = new HashMap<>();

  /** Makes an empty journal. */
  public InMemoryJournal() {}

  @Override
  public synchronized void append(RunId run, JournalEntry entry) {
    List<JournalEntry> history = entries.computeIfAbsent(run, id -> new ArrayList<>());
    JournalTransition.require(run, history, entry);
    history.add(entry);
  }

  @Override
  public synchronized List<JournalEntry> read(RunId run) {
    return List.copyOf(entries.getOrDefault(run, List.of()));
  }

  @Override
  public synchronized void store(RunId run, String name, String text) {
    texts.computeIfAbsent(run, id -> new HashMap<>()).put(name, text);
  }

  @Override
  public synchronized Optional<String> load(RunId run, String name) {
    return Optional.ofNullable(texts.getOrDefault(run, Map.of()).get(name));
  }

  @Override
  public void close() {}
}
