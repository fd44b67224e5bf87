package dev.finetune4j.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where runs write what they are about to do and what they did, so that a run that died is resumed
 * and nothing is paid for twice. Thread-safe; a run may be open only once at a time.
 */
public interface WorkflowJournal extends AutoCloseable {

  /**
   * Adds a line to the journal of a run. When this returns, the line survives a crash.
   *
   * @throws JournalException if it cannot be written, or may not follow the line before it
   */
  void append(RunId run, JournalEntry entry);

  /**
   * Returns the lines of a run in their order; none if the run was never started.
   *
   * @throws JournalException if they cannot be read, or the run is open elsewhere
   */
  List<JournalEntry> read(RunId run);

  /**
   * Keeps a text beside the journal of a run, in place of one of the same name. When this returns,
   * the text survives a crash.
   *
   * @param name letters, digits, hyphens and dots
   * @throws JournalException if it cannot be written
   */
  void store(RunId run, String name, String text);

  /** Returns a text that was stored, empty if there is none of that name. */
  Optional<String> load(RunId run, String name);

  /**
   * Returns a folder beside the journal of a run, for what is added to line by line, such as the
   * samples of an evaluation; empty if this journal is no folder, and then an evaluation that a
   * crash cuts off is asked anew. No I/O.
   */
  default Optional<Path> folder(RunId run) {
    return Optional.empty();
  }

  /** Ends the use of all runs by this object, so that another may open them. */
  @Override
  void close();
}
