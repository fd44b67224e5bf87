package dev.finetune4j.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables to the version of this release. A row lock keeps processes apart. In a database
 * that commits each DDL statement by itself (H2), the lock goes with the first one; then two
 * processes may run the statements at the same time, which they allow, or collide, and then one
 * tries again.
 */
final class Migration {
  private static final Logger LOGGER = LoggerFactory.getLogger(Migration.class);
  private static final int MAXIMUM_ATTEMPTS = 10;

  private final Database database;
  private final JdbcSchema schema;

  Migration(Database database, JdbcSchema schema) {
    this.database = database;
    this.schema = schema;
  }

  /** Applies what is missing. */
  void apply() {
    if (isCurrent()) {
      return;
    }
    untilNoOtherInterferes(
        "Cannot create " + schema.tables().schemaVersion(),
        () -> {
          for (String sql : schema.bootstrap()) {
            database.transaction(connection -> execute(connection, sql));
          }
        });
    untilNoOtherInterferes("Cannot create the tables", () -> database.transaction(this::migrate));
  }

  /** Checks that nothing is missing, and changes nothing. */
  void require() {
    if (!isCurrent()) {
      throw new JdbcStoreException(
          "The tables of finetune4j have version "
              + readVersion()
              + " in "
              + schema.tables().schemaVersion()
              + ", and this release needs "
              + schema.version()
              + ". Apply the script that JdbcSchema.scriptAfter("
              + readVersion()
              + ") returns, or build the store with migrate(true).",
          null);
    }
  }

  private boolean isCurrent() {
    int version = readVersion();
    if (version > schema.version()) {
      throw new JdbcStoreException(
          schema.tables().schemaVersion()
              + " has version "
              + version
              + ", and this release knows versions up to "
              + schema.version()
              + ". Use the newer release of finetune4j-jdbc that migrated it.",
          null);
    }
    return version == schema.version();
  }

  /** Returns the version of the tables, 0 without tables. */
  private int readVersion() {
    try {
      return database.transaction(this::version);
    } catch (SQLException e) {
      if (SqlFailure.isMissingTable(e)) {
        return 0;
      }
      throw failed("Cannot read " + schema.tables().schemaVersion(), e);
    }
  }

  private int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT MAX(version) FROM " + schema.tables().schemaVersion())) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private interface Change {
    void make() throws SQLException;
  }

  /** Two processes that create the same thing at once can collide; the next try finds it. */
  private void untilNoOtherInterferes(String failure, Change change) {
    for (int attempt = 1; ; attempt++) {
      try {
        change.make();
        return;
      } catch (SQLException e) {
        if (attempt == MAXIMUM_ATTEMPTS || !SqlFailure.isCreatedByAnother(e)) {
          throw failed(failure, e);
        }
      }
    }
  }

  private int migrate(Connection connection) throws SQLException {
    execute(
        connection,
        "SELECT version FROM " + schema.tables().schemaVersion() + " WHERE version = 0 FOR UPDATE");
    int version = version(connection);
    while (version < schema.version()) {
      version++;
      for (String sql : schema.statements(version)) {
        execute(connection, sql);
      }
      execute(connection, schema.record(version, schema.description(version)));
      LOGGER.info("{} is at version {}.", schema.tables().schemaVersion(), version);
    }
    return version;
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }

  private JdbcStoreException failed(String what, SQLException e) {
    return new JdbcStoreException(
        what
            + ": "
            + SqlFailure.explain(e)
            + " A database administrator can apply the script that JdbcSchemaMain prints instead.",
        e);
  }
}
