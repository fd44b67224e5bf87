package dev.finetune4j.jdbc;

import dev.finetune4j.deployment.LeaseRegistryException;
import dev.finetune4j.deployment.LeaseStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leases in a table, one row for each; every method is one transaction. Thread-safe. */
final class JdbcLeaseStore implements LeaseStore {
  private final Database database;
  private final Tables tables;
  private final TextLimit limit;

  JdbcLeaseStore(Database database, Tables tables, TextLimit limit) {
    this.database = database;
    this.tables = tables;
    this.limit = limit;
  }

  @Override
  public Optional<String> load(String id) {
    return transaction(
        "Cannot read " + place(id),
        connection ->
            Sql.first(
                connection,
                row -> row.getString(1),
                "SELECT content FROM " + tables.lease() + " WHERE lease_id = ?",
                id));
  }

  @Override
  public List<Entry> loadAll() {
    return transaction(
        "Cannot list the leases in " + tables.lease(),
        connection ->
            Sql.list(
                connection,
                row -> new Entry(row.getString(1), row.getString(2)),
                "SELECT lease_id, content FROM " + tables.lease()));
  }

  @Override
  public boolean replace(String id, @Nullable String expected, @Nullable String replacement) {
    if (replacement != null) {
      limit.require("The lease " + id, replacement);
    }
    try {
      return database.transaction(
          connection -> {
            Optional<String> current =
                Sql.first(
                    connection,
                    row -> row.getString(1),
                    "SELECT content FROM " + tables.lease() + " WHERE lease_id = ? FOR UPDATE",
                    id);
            return current.equals(Optional.ofNullable(expected))
                && write(connection, id, expected, replacement);
          });
    } catch (SQLException e) {
      if (expected == null && SqlFailure.isCreatedByAnother(e)) {
        return false;
      }
      throw failed("Cannot write " + place(id), e);
    }
  }

  private boolean write(
      Connection connection, String id, @Nullable String expected, @Nullable String replacement)
      throws SQLException {
    if (replacement == null) {
      Sql.update(connection, "DELETE FROM " + tables.lease() + " WHERE lease_id = ?", id);
    } else if (expected == null) {
      Sql.update(
          connection,
          "INSERT INTO " + tables.lease() + " (lease_id, content) VALUES (?, ?)",
          id,
          replacement);
    } else {
      Sql.update(
          connection,
          "UPDATE "
              + tables.lease()
              + " SET content = ?, written_at = CURRENT_TIMESTAMP WHERE lease_id = ?",
          replacement,
          id);
    }
    return true;
  }

  @Override
  public String place(String id) {
    return tables.lease() + " (" + id + ")";
  }

  private <T> T transaction(String failure, Database.Work<T> work) {
    try {
      return database.transaction(work);
    } catch (SQLException e) {
      throw failed(failure, e);
    }
  }

  private static LeaseRegistryException failed(String what, SQLException e) {
    return new LeaseRegistryException(what + ": " + SqlFailure.explain(e), e);
  }
}
