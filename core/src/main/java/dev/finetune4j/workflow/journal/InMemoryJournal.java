package dev.finetune4j.workflow.journal;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.InMemoryLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A journal that is lost when the process ends: for tests, and for runs that cost nothing.
 * Thread-safe.
 */
public final class InMemoryJournal implements WorkflowJournal {
  private final Map<String, History> runs = new TreeMap<>();
  private final AtomicReference<@Nullable LeaseRegistry> leases = new AtomicReference<>();

  /** Creates an empty journal. */
  public InMemoryJournal() {}

  @Override
  public synchronized List<RunId> runs() {
    return runs.keySet().stream().map(RunId::new).toList();
  }

  @Override
  public synchronized List<JournalEntry> read(RunId run) {
    return find(run).map(history -> List.copyOf(history.entries)).orElse(List.of());
  }

  @Override
  public synchronized Optional<String> load(RunId run, String name) {
    return find(run).map(history -> history.texts.get(name));
  }

  @Override
  public synchronized Optional<String> progress(RunId run) {
    return find(run).map(history -> history.progress);
  }

  @Override
  public synchronized Optional<RunOwner> owner(RunId run) {
    return find(run).map(history -> history.claim).map(claim -> claim.owner);
  }

  @Override
  public synchronized RunClaim claim(RunId run) {
    History history = runs.computeIfAbsent(run.value(), id -> new History());
    if (history.claim != null) {
      throw JournalException.claimedBy(run, history.claim.owner);
    }
    history.claim = new Claim(run, history, RunOwner.thisProcess(Time.system().now()));
    return history.claim;
  }

  @Override
  public synchronized void requestCancel(RunId run) {
    runs.computeIfAbsent(run.value(), id -> new History()).cancelRequested = true;
  }

  @Override
  public synchronized boolean isCancelRequested(RunId run) {
    return find(run).map(history -> history.cancelRequested).orElse(false);
  }

  /** Returns a registry that is lost with this journal; the same for each call. */
  @Override
  public LeaseRegistry leases(Time time) {
    leases.compareAndSet(null, new InMemoryLeaseRegistry(time));
    return Objects.requireNonNull(leases.get());
  }

  @Override
  public synchronized void close() {
    runs.values().forEach(history -> history.claim = null);
  }

  private Optional<History> find(RunId run) {
    return Optional.ofNullable(runs.get(run.value()));
  }

  private static final class History {
    final List<JournalEntry> entries = new ArrayList<>();
    final Map<String, String> texts = new HashMap<>();
    @Nullable String progress;
    @Nullable Claim claim;
    boolean cancelRequested;
  }

  private final class Claim implements RunClaim {
    private final RunId run;
    private final History history;
    private final RunOwner owner;

    Claim(RunId run, History history, RunOwner owner) {
      this.run = run;
      this.history = history;
      this.owner = owner;
    }

    @Override
    public RunId run() {
      return run;
    }

    @Override
    public void append(JournalEntry entry) {
      synchronized (InMemoryJournal.this) {
        requireHeld();
        JournalTransition.require(run, history.entries, entry);
        history.entries.add(entry);
      }
    }

    @Override
    public void store(String name, String text) {
      synchronized (InMemoryJournal.this) {
        requireHeld();
        history.texts.put(name, text);
      }
    }

    @Override
    public void noteProgress(String text) {
      synchronized (InMemoryJournal.this) {
        requireHeld();
        history.progress = text;
      }
    }

    @Override
    public void close() {
      synchronized (InMemoryJournal.this) {
        if (history.claim == this) {
          history.claim = null;
        }
      }
    }

    @Override
    public void requireHeld() {
      synchronized (InMemoryJournal.this) {
        if (history.claim != this) {
          throw JournalException.claimLost(run);
        }
      }
    }
  }
}
