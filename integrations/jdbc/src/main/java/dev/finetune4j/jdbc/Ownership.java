package dev.finetune4j.jdbc;

import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.RunOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Who may write a run: one row for each run, with a fencing number that grows with each owner. All
 * moments are the database's: where CURRENT_TIMESTAMP is when the transaction began, a transaction
 * that waited for another sees an earlier moment, and so takes over later, never sooner.
 */
final class Ownership {
  private static final int LONGEST_OWNER = 200;

  private final Tables tables;
  private final String owner;
  private final Duration takeOverAfter;

  Ownership(Tables tables, String owner, Duration takeOverAfter) {
    this.tables = tables;
    this.owner = owner.substring(0, Math.min(owner.length(), LONGEST_OWNER));
    this.takeOverAfter = takeOverAfter;
  }

  /** Adds the row of a run if it has none. */
  int insertRun(Connection connection, RunId run) throws SQLException {
    return Sql.update(
        connection,
        "INSERT INTO %1$s (run_id) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM %1$s WHERE run_id = ?)"
            .formatted(tables.run()),
        run.value(),
        run.value());
  }

  /** Returns the fencing number of a new claim; empty if another owner has the run. */
  Optional<Long> take(Connection connection, RunId run) throws SQLException {
    int taken =
        Sql.update(
            connection,
            "UPDATE "
                + tables.run()
                + " SET fencing = fencing + 1, owner = ?, claimed_at = CURRENT_TIMESTAMP,"
                + " heartbeat_at = CURRENT_TIMESTAMP, owned_until = "
                + later()
                + " WHERE run_id = ? AND (owner IS NULL OR owned_until <= CURRENT_TIMESTAMP)",
            owner,
            milliseconds(),
            run.value());
    return taken == 0
        ? Optional.empty()
        : Sql.first(
            connection,
            row -> row.getLong(1),
            "SELECT fencing FROM " + tables.run() + " WHERE run_id = ?",
            run.value());
  }

  /**
   * Returns whether the claim with that number is still the last one, and then renews it and keeps
   * others from taking the run until this transaction ends.
   */
  boolean renew(Connection connection, RunId run, long fencing) throws SQLException {
    int renewed =
        Sql.update(
            connection,
            "UPDATE "
                + tables.run()
                + " SET heartbeat_at = CURRENT_TIMESTAMP, owned_until = "
                + later()
                + " WHERE run_id = ? AND fencing = ? AND owner IS NOT NULL",
            milliseconds(),
            run.value(),
            fencing);
    return renewed == 1;
  }

  /** Gives the claim with that number back, if it is still the last one. */
  int release(Connection connection, RunId run, long fencing) throws SQLException {
    return Sql.update(
        connection,
        "UPDATE "
            + tables.run()
            + " SET owner = NULL, owned_until = NULL WHERE run_id = ? AND fencing = ?",
        run.value(),
        fencing);
  }

  /** Returns who holds the claim; empty if it is free or has expired. */
  Optional<RunOwner> find(Connection connection, RunId run) throws SQLException {
    return Sql.first(
        connection,
        row -> new RunOwner(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()),
        "SELECT owner, claimed_at FROM "
            + tables.run()
            + " WHERE run_id = ? AND owner IS NOT NULL AND owned_until > CURRENT_TIMESTAMP",
        run.value());
  }

  /** Returns the failure of a claim on a run that another owner has. */
  JournalException refusal(Connection connection, RunId run) throws SQLException {
    return Sql.first(
            connection,
            row ->
                new JournalException(
                    "Run "
                        + run
                        + " is under way in "
                        + row.getString(1)
                        + "; its last heartbeat was at "
                        + moment(row.getObject(2, OffsetDateTime.class))
                        + ". Wait until it has ended, or use another run id. If that process died,"
                        + " the run can be taken over at "
                        + moment(row.getObject(3, OffsetDateTime.class))
                        + ".",
                    null),
            "SELECT owner, heartbeat_at, owned_until FROM "
                + tables.run()
                + " WHERE run_id = ? AND owner IS NOT NULL",
            run.value())
        .orElseGet(
            () ->
                new JournalException(
                    "Run " + run + " was given back at this moment. Start it again.", null));
  }

  private static Instant moment(OffsetDateTime value) {
    return value.toInstant();
  }

  private static String later() {
    return "CURRENT_TIMESTAMP + CAST(? AS INTEGER) * INTERVAL '0.001' SECOND";
  }

  private int milliseconds() {
    return Math.toIntExact(takeOverAfter.toMillis());
  }
}
