package dev.finetune4j.testkit;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.evaluation.SampleStorage;
import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.RunClaim;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.RunOwner;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A journal that passes each durable write to an interceptor, which may perform it or not: for
 * tests of crashes. Thread-safe if the interceptor is.
 */
public final class InterceptedJournal implements WorkflowJournal {
  private final WorkflowJournal journal;
  private final Consumer<Runnable> interceptor;

  /**
   * Creates a journal that reads and writes another one.
   *
   * @param interceptor receives each write, and runs it to perform it
   */
  public InterceptedJournal(WorkflowJournal journal, Consumer<Runnable> interceptor) {
    this.journal = Objects.requireNonNull(journal, "journal");
    this.interceptor = Objects.requireNonNull(interceptor, "interceptor");
  }

  @Override
  public List<RunId> runs() {
    return journal.runs();
  }

  @Override
  public List<JournalEntry> read(RunId run) {
    return journal.read(run);
  }

  @Override
  public Optional<String> load(RunId run, String name) {
    return journal.load(run, name);
  }

  @Override
  public Optional<String> progress(RunId run) {
    return journal.progress(run);
  }

  @Override
  public Optional<RunOwner> owner(RunId run) {
    return journal.owner(run);
  }

  @Override
  public LeaseRegistry leases(Time time) {
    return journal.leases(time);
  }

  @Override
  public RunClaim claim(RunId run) {
    return new InterceptedClaim(journal.claim(run));
  }

  @Override
  public void requestCancel(RunId run) {
    journal.requestCancel(run);
  }

  @Override
  public boolean isCancelRequested(RunId run) {
    return journal.isCancelRequested(run);
  }

  @Override
  public void close() {
    journal.close();
  }

  private final class InterceptedClaim implements RunClaim {
    private final RunClaim claim;

    InterceptedClaim(RunClaim claim) {
      this.claim = claim;
    }

    @Override
    public RunId run() {
      return claim.run();
    }

    @Override
    public void requireHeld() {
      claim.requireHeld();
    }

    @Override
    public void append(JournalEntry entry) {
      interceptor.accept(() -> claim.append(entry));
    }

    @Override
    public void store(String name, String text) {
      interceptor.accept(() -> claim.store(name, text));
    }

    @Override
    public void noteProgress(String text) {
      claim.noteProgress(text);
    }

    @Override
    public Optional<SampleStorage> samples() {
      return claim.samples();
    }

    @Override
    public void close() {
      claim.close();
    }
  }
}
