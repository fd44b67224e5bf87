package dev.finetune4j.workflow;

import dev.finetune4j.testkit.InterceptedJournal;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.util.function.Consumer;

/** Kills the application at the n-th thing that it writes, before or after it is on the disk. */
public final class CrashingJournal implements Consumer<Runnable> {

  /**
   * Not an exception that anything catches: the nearest thing to a kill that one JVM can do to
   * itself.
   */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed");
    }
  }

  private final boolean afterWriting;
  private int writesLeft;

  private CrashingJournal(int writes, boolean afterWriting) {
    writesLeft = writes;
    this.afterWriting = afterWriting;
  }

  public static WorkflowJournal of(WorkflowJournal journal, int writes, boolean afterWriting) {
    return new InterceptedJournal(journal, new CrashingJournal(writes, afterWriting));
  }

  @Override
  public void accept(Runnable writing) {
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
