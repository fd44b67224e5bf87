package dev.finetune4j.jdbc;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.StoredLeaseRegistry;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Runs in a relational database, so that several processes share them: each run has one owner at a
 * time, and another process takes it over after a crash.
 *
 * <pre>{@code
 * JdbcStore store = JdbcStore.open(dataSource);
 * try (WorkflowJournal journal = store.journal()) {
 *   FineTuningWorkflow.builder(provider, journal).leases(store.leases()).build().run(run, plan);
 * }
 * }</pre>
 *
 * <p>Tested with PostgreSQL and H2. Each operation takes a connection from the data source for one
 * short transaction and gives it back; nothing is kept on a connection. While a run is claimed, a
 * daemon thread renews the claim. The database's clock decides when a claim is over; the clocks of
 * the processes do not matter. Thread-safe; needs no closing itself.
 */
public final class JdbcStore {
  private final Settings settings;
  private final Time time;

  private JdbcStore(Settings settings, Time time) {
    this.settings = settings;
    this.time = time;
  }

  /**
   * Opens the store with its defaults and creates the tables if they are missing. One query where
   * they are there.
   *
   * @param source gives connections to one database, outside of other transactions
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
   * Returns a journal. Closing it gives the claims back that were taken through it. No I/O.
   *
   * <p>Each method is one transaction, a look at a request for cancellation included. Its claims
   * keep samples too, also outside of a workflow:
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
   * clock of the process that looks, see {@link Builder#time}.
   */
  public LeaseRegistry leases() {
    return new StoredLeaseRegistry(
        new JdbcLeaseStore(settings.database(), settings.tables(), settings.limit()), time);
  }

  /** What journals and claims share. */
  record Settings(
      Database database,
      Tables tables,
      TextLimit limit,
      String owner,
      Duration heartbeat,
      Duration takeOverAfter,
      Supplier<ScheduledExecutorService> heart) {}

  /** Collects what a store may vary. Not thread-safe. */
  public static final class Builder {
    private static final int LONGEST_TEXT = 64 * 1024 * 1024;
    private static final Duration LONGEST_TAKE_OVER = Duration.ofDays(1);

    private final DataSource source;
    private JdbcSchema schema = JdbcSchema.standard();
    private boolean migrate = true;
    private String owner = "process " + ProcessHandle.current().pid() + " on " + host();
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
     * Sets whether missing tables are created; by default they are. If not, and tables are missing,
     * {@link #open()} fails and names the script.
     */
    public Builder migrate(boolean migrates) {
      migrate = migrates;
      return this;
    }

    /**
     * Sets what other processes show as the owner of a run, such as the name of the pod; by default
     * the process and the host. It is for people and need not be unique.
     */
    public Builder owner(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("The owner must have a name, and this is blank.");
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
     * Sets how long after its last heartbeat a run of this process may be taken over, by the
     * database's clock; by default 60 seconds. At least three heartbeats, at most a day.
     */
    public Builder takeOverAfter(Duration silence) {
      takeOverAfter = Objects.requireNonNull(silence, "silence");
      return this;
    }

    /**
     * Sets the length of the longest text that is stored, in characters; by default 64 million (64
     * * 1024 * 1024). A longer one is refused before anything is written.
     */
    public Builder longestText(int characters) {
      longestText = characters;
      return this;
    }

    /** Sets the clock by which leases expire; by default the machine's. */
    public Builder time(Time clock) {
      time = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** Sets what beats while a claim is held; it is shut down with the claim. */
    Builder heart(Supplier<ScheduledExecutorService> scheduler) {
      heart = scheduler;
      return this;
    }

    /**
     * Opens the store.
     *
     * @throws JdbcStoreException if tables are missing and may not or cannot be created, or were
     *     migrated by a newer release
     */
    public JdbcStore open() {
      if (heartbeat.toMillis() < 1
          || takeOverAfter.compareTo(heartbeat.multipliedBy(3)) < 0
          || takeOverAfter.compareTo(LONGEST_TAKE_OVER) > 0) {
        throw new IllegalArgumentException(
            "takeOverAfter must be at least three heartbeats and at most a day, but it is "
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

    private static String host() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unnamed) {
        return "an unnamed host";
      }
    }
  }
}
