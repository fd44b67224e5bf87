package dev.finetune4j.jdbc;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.workflow.journal.RunOwner;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Runs, samples and leases in a relational database that several processes share. Each run has one
 * owner at a time, and another process can take it over after a crash.
 *
 * <pre>{@code
 * JdbcStore store = JdbcStore.open(dataSource);
 * try (WorkflowJournal journal = store.journal()) {
 *   FineTuningWorkflow.builder(provider, journal).build().run(run, plan);
 * }
 * }</pre>
 *
 * <p>Tested with PostgreSQL and H2. Each operation borrows a connection from the data source for
 * one short transaction; no state stays on a connection. While a run is claimed, a daemon thread
 * renews the claim. Claims expire by the database's clock; the clocks of the processes do not
 * matter. Thread-safe; needs no closing.
 */
public final class JdbcStore {
  private final Settings settings;
  private final Time time;

  private JdbcStore(Settings settings, Time time) {
    this.settings = settings;
    this.time = time;
  }

  /**
   * Opens the store with its defaults and creates missing tables. One query if none is missing.
   *
   * @param source a source of connections to one database, outside of other transactions
   * @throws JdbcStoreException if the database refuses, or was migrated by a newer release
   */
  public static JdbcStore open(DataSource source) {
    return builder(source).open();
  }

  /** Returns a builder with the defaults. No I/O. */
  public static Builder builder(DataSource source) {
    return new Builder(source);
  }

  /**
   * Returns a journal. Closing it ends the claims taken through it. No I/O.
   *
   * <p>Each method of the journal is one transaction, also the check for a cancellation request.
   * Its claims store samples, also without a workflow:
   *
   * <pre>{@code
   * try (RunClaim claim = journal.claim(new RunId("evaluation-7"))) {
   *   evaluation.storeIn(claim.samples().orElseThrow());
   * }
   * }</pre>
   */
  public WorkflowJournal journal() {
    return new JdbcJournal(settings);
  }

  /**
   * Returns the leases of all processes that use the same tables. No I/O. Leases expire by the
   * clock of the process that checks them; see {@link Builder#time}.
   */
  public LeaseRegistry leases() {
    return journal().leases(time);
  }

  /** The settings that journals and claims share. */
  record Settings(
      Database database,
      Tables tables,
      TextLimit limit,
      String owner,
      Duration heartbeat,
      Duration takeOverAfter,
      Supplier<ScheduledExecutorService> heart) {}

  /** Builds a store. Not thread-safe. */
  public static final class Builder {
    private static final int LONGEST_TEXT = 64 * 1024 * 1024;
    private static final Duration LONGEST_TAKE_OVER = Duration.ofDays(1);

    private final DataSource source;
    private JdbcSchema schema = JdbcSchema.standard();
    private boolean migrate = true;
    private String owner = RunOwner.thisProcess(Instant.EPOCH).process();
    private Duration heartbeat = Duration.ofSeconds(10);
    private Duration takeOverAfter = Duration.ofSeconds(60);
    private int longestText = LONGEST_TEXT;
    private Time time = Time.system();
    private Supplier<ScheduledExecutorService> heart = Builder::daemon;

    private Builder(DataSource source) {
      this.source = Objects.requireNonNull(source, "source");
    }

    /** Sets the names of the tables; by default {@link JdbcSchema#standard()}. */
    public Builder schema(JdbcSchema tables) {
      schema = Objects.requireNonNull(tables, "tables");
      return this;
    }

    /**
     * Sets whether missing tables are created; true by default. If false and tables are missing,
     * {@link #open()} fails and names the script.
     */
    public Builder migrate(boolean migrates) {
      migrate = migrates;
      return this;
    }

    /**
     * Sets the name that other processes show as the owner of a run, such as the name of the pod;
     * by default the process and the host. It need not be unique.
     */
    public Builder owner(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("owner must not be blank.");
      }
      owner = name;
      return this;
    }

    /** Sets how often a claim is renewed; by default every 10 seconds. */
    public Builder heartbeat(Duration interval) {
      heartbeat = Objects.requireNonNull(interval, "interval");
      return this;
    }

    /**
     * Sets the time after the last heartbeat when another process may take over a run of this
     * process, by the database's clock; by default 60 seconds. At least three heartbeats, at most a
     * day.
     */
    public Builder takeOverAfter(Duration silence) {
      takeOverAfter = Objects.requireNonNull(silence, "silence");
      return this;
    }

    /**
     * Sets the maximum length of a stored text, in characters; by default 64 * 1024 * 1024. A
     * longer text is refused before anything is written.
     */
    public Builder longestText(int characters) {
      longestText = characters;
      return this;
    }

    /** Sets the clock by which leases expire; by default the system clock. */
    public Builder time(Time clock) {
      time = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** Sets the scheduler of the heartbeat, which is shut down with the claim. */
    Builder heart(Supplier<ScheduledExecutorService> scheduler) {
      heart = scheduler;
      return this;
    }

    /**
     * Opens the store.
     *
     * @throws JdbcStoreException if tables are missing and cannot be created, or were migrated by a
     *     newer release
     */
    public JdbcStore open() {
      if (heartbeat.toMillis() < 1
          || takeOverAfter.compareTo(heartbeat.multipliedBy(3)) < 0
          || takeOverAfter.compareTo(LONGEST_TAKE_OVER) > 0) {
        throw new IllegalArgumentException(
            "takeOverAfter must be at least three heartbeats and at most a day, was "
                + takeOverAfter
                + " with a heartbeat of "
                + heartbeat
                + ".");
      }
      Database database = new Database(source);
      TextLimit limit = new TextLimit(longestText);
      Migration migration = new Migration(database, schema);
      if (migrate) {
        migration.apply();
      } else {
        migration.require();
      }
      return new JdbcStore(
          new Settings(database, schema.tables(), limit, owner, heartbeat, takeOverAfter, heart),
          time);
    }

    private static ScheduledExecutorService daemon() {
      return Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "finetune4j-heartbeat");
            thread.setDaemon(true);
            return thread;
          });
    }
  }
}
