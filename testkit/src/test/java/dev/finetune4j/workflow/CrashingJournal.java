package dev.finetune4j.workflow;

import java.util.List;
import java.util.Optional;

/**
 * A journal whose application dies at the n-th thing that it writes, before or after it is on the
 * disk.
 */
final class CrashingJournal implements WorkflowJournal {

  /**
   * Not an exception that anything catches: the nearest thing to a kill that one JVM can do to
   * itself.
   */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed");
    }
  }

  private final WorkflowJournal journal;
  private final boolean afterWriting;
  private int writesLeft;

  CrashingJournal(WorkflowJournal journal, int writes, boolean afterWriting) {
    this.journal = journal;
    this.writesLeft = writes;
    this.afterWriting = afterWriting;
  }

  @Override
  public void append(RunId run, JournalEntry entry) {
    write(() -> journal.append(run, entry));
  }

  @Override
  public List<JournalEntry> read(RunId run) {
    return journal.read(run);
  }

  @Override
  public void store(RunId run, String name, String text) {
    write(() -> journal.store(run, name, text));
  }

  @Override
  public Optional<String> load(RunId run, String name) {
    return journal.load(run, name);
  }

  @Override
  public void close() {
    journal.close();
  }

  private void write(Runnable writing) {
    boolean last = --writesLeft == 0;
    if (last && !afterWriting) {
      throw new Killed();
    }
    writing.run();
    if (last) {
      throw new Killed();
    }
  }
}
