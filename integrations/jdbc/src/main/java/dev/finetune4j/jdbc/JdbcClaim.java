package dev.finetune4j.jdbc;

import dev.finetune4j.evaluation.SampleStorage;
import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.JournalLines;
import dev.finetune4j.workflow.journal.RunClaim;
import dev.finetune4j.workflow.journal.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a run. Each write renews the claim in its own transaction, which fails once
 * another owner has a higher fencing number. Thread-safe.
 */
final class JdbcClaim implements RunClaim {
  private static final Logger LOGGER = LoggerFactory.getLogger(JdbcClaim.class);

  private final Database database;
  private final Tables tables;
  private final TextLimit limit;
  private final Ownership ownership;
  private final RunId run;
  private final long fencing;
  private final Consumer<JdbcClaim> whenClosed;
  private final ScheduledExecutorService heart;
  private final long heartbeatMilliseconds;
  private final JdbcSamples samples;
  private volatile boolean isOver;

  JdbcClaim(
      JdbcStore.Settings settings,
      Ownership ownership,
      RunId run,
      long fencing,
      Consumer<JdbcClaim> whenClosed) {
    this.database = settings.database();
    this.tables = settings.tables();
    this.limit = settings.limit();
    this.ownership = ownership;
    this.run = run;
    this.fencing = fencing;
    this.whenClosed = whenClosed;
    this.heart = settings.heart().get();
    this.heartbeatMilliseconds = settings.heartbeat().toMillis();
    this.samples = new JdbcSamples(this, database, tables, limit);
    planHeartbeat();
  }

  @Override
  public RunId run() {
    return run;
  }

  @Override
  public void requireHeld() {
    transaction(
        "Cannot renew the claim on run " + run + " in " + tables.run(),
        connection -> {
          renew(connection);
          return run;
        });
  }

  @Override
  public void append(JournalEntry entry) {
    String line = JournalLines.write(entry);
    limit.require("The entry of " + entry.step(), line);
    transaction(
        "Cannot write the journal of run " + run + " in " + tables.journal(),
        connection -> {
          renew(connection);
          Optional<Last> last = last(connection);
          JournalLines.requireMayFollow(
              run, last.map(before -> JournalLines.read(run, before.line())).orElse(null), entry);
          return Sql.update(
              connection,
              "INSERT INTO "
                  + tables.journal()
                  + " (run_id, entry_number, fencing, entry) VALUES (?, ?, ?, ?)",
              run.value(),
              last.map(Last::number).orElse(0) + 1,
              fencing,
              line);
        });
  }

  private record Last(int number, String line) {}

  private Optional<Last> last(Connection connection) throws SQLException {
    return Sql.first(
        connection,
        row -> new Last(row.getInt(1), row.getString(2)),
        "SELECT entry_number, entry FROM "
            + tables.journal()
            + " WHERE run_id = ? ORDER BY entry_number DESC FETCH FIRST 1 ROW ONLY",
        run.value());
  }

  @Override
  public void store(String name, String text) {
    JournalLines.requireTextName(name);
    limit.require(name + " of run " + run, text);
    transaction(
        "Cannot write " + name + " of run " + run + " in " + tables.text(),
        connection -> {
          renew(connection);
          int replaced =
              Sql.update(
                  connection,
                  "UPDATE "
                      + tables.text()
                      + " SET content = ?, written_at = CURRENT_TIMESTAMP"
                      + " WHERE run_id = ? AND name = ?",
                  text,
                  run.value(),
                  name);
          return replaced > 0
              ? replaced
              : Sql.update(
                  connection,
                  "INSERT INTO " + tables.text() + " (run_id, name, content) VALUES (?, ?, ?)",
                  run.value(),
                  name,
                  text);
        });
  }

  @Override
  public void noteProgress(String text) {
    limit.require("The progress of run " + run, text);
    transaction(
        "Cannot write the progress of run " + run + " in " + tables.run(),
        connection -> {
          renew(connection);
          return Sql.update(
              connection,
              "UPDATE " + tables.run() + " SET progress = ? WHERE run_id = ?",
              text,
              run.value());
        });
  }

  @Override
  public Optional<SampleStorage> samples() {
    return Optional.of(samples);
  }

  @Override
  public void close() {
    boolean wasHeld = !isOver;
    isOver = true;
    heart.shutdownNow();
    whenClosed.accept(this);
    if (!wasHeld) {
      return;
    }
    // Pools refuse connections to an interrupted thread, but an interrupted run must end its claim.
    boolean interrupted = Thread.interrupted();
    try {
      database.transaction(connection -> ownership.release(connection, run, fencing));
    } catch (SQLException e) {
      LOGGER.warn(
          "The claim on run {} could not be ended in {}. It expires later.", run, tables.run(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Renews the claim as part of a transaction that writes.
   *
   * @throws JournalException if it was lost
   */
  void renew(Connection connection) throws SQLException {
    if (isOver || !ownership.renew(connection, run, fencing)) {
      isOver = true;
      throw new JournalException(
          "The claim on run "
              + run
              + " was given back or taken over by another process, so nothing was written. Start"
              + " the run again if no other process has it.",
          null);
    }
  }

  private void planHeartbeat() {
    try {
      // An exception would end a repeated task for good, so each beat plans the next one.
      heart.schedule(this::beat, heartbeatMilliseconds, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closedMeanwhile) {
      LOGGER.trace("The claim on run {} was closed.", run, closedMeanwhile);
    }
  }

  private void beat() {
    if (isOver) {
      return;
    }
    try {
      isOver = !database.transaction(connection -> ownership.renew(connection, run, fencing));
    } catch (SQLException | RuntimeException e) {
      LOGGER.warn(
          "The claim on run {} could not be renewed in {}. The next try is in {} ms.",
          run,
          tables.run(),
          heartbeatMilliseconds,
          e);
    }
    if (!isOver) {
      planHeartbeat();
    }
  }

  private <T> T transaction(String failure, Database.Work<T> work) {
    try {
      return database.transaction(work);
    } catch (SQLException e) {
      throw JdbcJournal.failed(failure, e);
    }
  }
}
