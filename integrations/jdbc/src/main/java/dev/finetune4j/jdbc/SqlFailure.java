package dev.finetune4j.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** The meaning of an {@link SQLException} by its SQL state, and what to do about it. */
final class SqlFailure {
  private static final Set<String> ROLLED_BACK =
      Set.of(
          "40001", // serialization failure; a deadlock in H2
          "40P01"); // a deadlock in PostgreSQL

  private static final Set<String> CREATED_BY_ANOTHER =
      Set.of(
          "23505", // duplicate key, also in PostgreSQL's own catalog when two create one table
          "42P07", // a table or an index in PostgreSQL
          "42710", // the row type of a table in PostgreSQL, which exists a moment before the table
          "42S01"); // H2

  private static final Set<String> MISSING_TABLE =
      Set.of(
          "42P01", // PostgreSQL
          "42S02", "42S03", "42S04"); // H2

  private static final Set<String> MISSING_SCHEMA =
      Set.of(
          "3F000", // PostgreSQL
          "90079"); // H2

  private SqlFailure() {}

  /** Returns whether the transaction was rolled back because of a conflict with another one. */
  static boolean isConflict(SQLException e) {
    return ROLLED_BACK.contains(state(e));
  }

  /** Returns whether a row or table already exists, or is being created by another transaction. */
  static boolean isCreatedByAnother(SQLException e) {
    return CREATED_BY_ANOTHER.contains(state(e));
  }

  static boolean isMissingTable(SQLException e) {
    return MISSING_TABLE.contains(state(e)) || MISSING_SCHEMA.contains(state(e));
  }

  /** Returns what happened and what to do, as one or two sentences. */
  static String explain(SQLException e) {
    return message(e) + " (SQL state " + state(e) + "). " + suggestion(e);
  }

  private static String suggestion(SQLException e) {
    String state = state(e);
    if (MISSING_SCHEMA.contains(state)) {
      return "Create the schema, or name another one with JdbcStore.Builder.schema.";
    }
    if (MISSING_TABLE.contains(state)) {
      return "Apply the scripts that JdbcSchemaMain prints, or let JdbcStore create the tables.";
    }
    if (state.equals("42501") || state.equals("90096")) {
      return "Grant the user of the data source SELECT, INSERT, UPDATE and DELETE on it.";
    }
    if (state.startsWith("08")) {
      return "Check that the database is running and reachable, then start the run again.";
    }
    if (state.startsWith("53")) {
      return "The database has no disk space, memory or connections left; start the run again when"
          + " it has.";
    }
    return "Committed data is safe; start the run again to resume it.";
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "unknown" : e.getSQLState();
  }

  private static String message(SQLException e) {
    String text = String.valueOf(e.getMessage()).strip();
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end).strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
