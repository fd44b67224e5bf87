package dev.finetune4j.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Runs each operation in one transaction on its own connection. No state stays on a connection, so
 * poolers that share connections between transactions work. Thread-safe.
 */
final class Database {
  private static final int MAXIMUM_ATTEMPTS = 10;

  private final DataSource source;

  Database(DataSource source) {
    this.source = source;
  }

  /** The work of one transaction. It may run several times, so it must change only the database. */
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /**
   * Runs {@code work} in one transaction and commits it. If the database rolled it back because of
   * another transaction, runs it again.
   */
  <T> T transaction(Work<T> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = source.getConnection()) {
        return commit(connection, work);
      } catch (SQLException e) {
        if (attempt == MAXIMUM_ATTEMPTS || !SqlFailure.isConflict(e)) {
          throw e;
        }
      }
    }
  }

  private static <T> T commit(Connection connection, Work<T> work) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      T result = work.in(connection);
      connection.commit();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollback(connection);
      }
      restore(connection, autoCommit);
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is broken, so the server rolls back; the first failure is more useful.
    }
  }

  private static void restore(Connection connection, boolean autoCommit) {
    try {
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      // The connection is broken, and its pool discards it; the transaction has already ended.
    }
  }
}
