package dev.finetune4j.jdbc;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.StoredLeaseRegistry;
import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.JournalLines;
import dev.finetune4j.workflow.journal.RunClaim;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.RunOwner;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal in a database. Each method is one transaction. Thread-safe. */
final class JdbcJournal implements WorkflowJournal {
  private final JdbcStore.Settings settings;
  private final Database database;
  private final Tables tables;
  private final Ownership ownership;
  private final List<JdbcClaim> claims = new CopyOnWriteArrayList<>();

  JdbcJournal(JdbcStore.Settings settings) {
    this.settings = settings;
    this.database = settings.database();
    this.tables = settings.tables();
    this.ownership = new Ownership(tables, settings.owner(), settings.takeOverAfter());
  }

  @Override
  public List<RunId> runs() {
    return transaction(
            "Cannot list the runs in " + tables.run(),
            connection ->
                Sql.list(
                    connection,
                    row -> new RunId(row.getString(1)),
                    "SELECT run_id FROM " + tables.run() + " WHERE fencing > 0"))
        .stream()
        // Sorted here, because a database sorts by its own collation.
        .sorted(Comparator.comparing(RunId::value))
        .toList();
  }

  /** Returns the leases of all processes that use the same tables. */
  @Override
  public LeaseRegistry leases(Time time) {
    return new StoredLeaseRegistry(new JdbcLeaseStore(database, tables, settings.limit()), time);
  }

  @Override
  public List<JournalEntry> read(RunId run) {
    List<String> lines =
        transaction(
            "Cannot read the journal of run " + run + " in " + tables.journal(),
            connection ->
                Sql.list(
                    connection,
                    row -> row.getString(1),
                    "SELECT entry FROM "
                        + tables.journal()
                        + " WHERE run_id = ? ORDER BY entry_number",
                    run.value()));
    return lines.stream().map(line -> JournalLines.read(run, line)).toList();
  }

  @Override
  public Optional<String> load(RunId run, String name) {
    JournalLines.requireTextName(name);
    return transaction(
        "Cannot read " + name + " of run " + run + " in " + tables.text(),
        connection ->
            Sql.first(
                connection,
                row -> row.getString(1),
                "SELECT content FROM " + tables.text() + " WHERE run_id = ? AND name = ?",
                run.value(),
                name));
  }

  @Override
  public Optional<String> progress(RunId run) {
    return transaction(
        "Cannot read the progress of run " + run + " in " + tables.run(),
        connection ->
            Sql.first(
                connection,
                row -> row.getString(1),
                "SELECT progress FROM "
                    + tables.run()
                    + " WHERE run_id = ? AND progress IS NOT NULL",
                run.value()));
  }

  @Override
  public Optional<RunOwner> owner(RunId run) {
    return transaction(
        "Cannot read the owner of run " + run + " in " + tables.run(),
        connection -> ownership.find(connection, run));
  }

  @Override
  public RunClaim claim(RunId run) {
    insertRun(run);
    long fencing =
        transaction(
            "Cannot claim run " + run + " in " + tables.run(),
            connection -> {
              Optional<Long> taken = ownership.take(connection, run);
              if (taken.isEmpty()) {
                throw ownership.refusal(connection, run);
              }
              return taken.get();
            });
    JdbcClaim claim = new JdbcClaim(settings, ownership, run, fencing, claims::remove);
    claims.add(claim);
    return claim;
  }

  @Override
  public void requestCancel(RunId run) {
    insertRun(run);
    transaction(
        "Cannot request that run " + run + " be cancelled in " + tables.run(),
        connection ->
            Sql.update(
                connection,
                "UPDATE "
                    + tables.run()
                    + " SET cancel_requested_at = CURRENT_TIMESTAMP"
                    + " WHERE run_id = ? AND cancel_requested_at IS NULL",
                run.value()));
  }

  @Override
  public boolean isCancelRequested(RunId run) {
    return transaction(
            "Cannot read whether run " + run + " is to be cancelled in " + tables.run(),
            connection ->
                Sql.first(
                    connection,
                    row -> true,
                    "SELECT run_id FROM "
                        + tables.run()
                        + " WHERE run_id = ? AND cancel_requested_at IS NOT NULL",
                    run.value()))
        .isPresent();
  }

  @Override
  public void close() {
    claims.forEach(JdbcClaim::close);
  }

  /** Another process may insert the same row at the same time. */
  private void insertRun(RunId run) {
    try {
      database.transaction(connection -> ownership.insertRun(connection, run));
    } catch (SQLException e) {
      if (!SqlFailure.isCreatedByAnother(e)) {
        throw failed("Cannot add run " + run + " to " + tables.run(), e);
      }
    }
  }

  private <T> T transaction(String failure, Database.Work<T> work) {
    try {
      return database.transaction(work);
    } catch (SQLException e) {
      throw failed(failure, e);
    }
  }

  static JournalException failed(String what, SQLException e) {
    return new JournalException(what + ": " + SqlFailure.explain(e), e);
  }
}
