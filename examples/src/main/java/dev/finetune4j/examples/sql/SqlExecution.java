package dev.finetune4j.examples.sql;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * Runs the answer and the right statement on a database in memory and compares what comes out; the
 * order of rows counts where the right statement asks for one. Thread-safe.
 *
 * <p>A model's statement is not trusted: it must be one SELECT, and runs as a user who may do
 * nothing else, for at most two seconds.
 */
public final class SqlExecution implements Grader {
  private static final String ASKER = "ASKER";
  private static final int SECONDS = 2;

  private final String url = "jdbc:h2:mem:text-to-sql-" + UUID.randomUUID();

  /** Makes the database and its tables. */
  public SqlExecution() {
    try (Connection owner = DriverManager.getConnection(url + ";DB_CLOSE_DELAY=-1", "sa", "");
        Statement statement = owner.createStatement()) {
      for (SqlTable table : SqlTable.ALL) {
        statement.execute(table.schema());
        statement.execute(table.rows());
      }
      statement.execute("CREATE USER " + ASKER + " PASSWORD ''");
      statement.execute("GRANT SELECT ON SCHEMA PUBLIC TO " + ASKER);
    } catch (SQLException e) {
      throw new IllegalStateException("The database in memory could not be made.", e);
    }
  }

  @Override
  public Grade grade(PromptExample example, String answer) {
    String right = example.requireReference(PromptExample.ANSWER);
    String asked = statement(answer);
    if (!asked.toUpperCase(Locale.ROOT).startsWith("SELECT") || asked.contains(";")) {
      return Grade.fail("It is not one SELECT statement.");
    }
    List<String> wanted = run(right);
    try {
      List<String> got = ordered(run(asked), right);
      return got.equals(ordered(wanted, right))
          ? Grade.pass()
          : Grade.fail("It returns " + got.size() + " rows that differ from the right ones.");
    } catch (IllegalArgumentException e) {
      return Grade.fail(String.valueOf(e.getMessage()));
    }
  }

  private static String statement(String answer) {
    String text = answer.strip().replaceAll("(?s)^```(?:sql)?\\s*(.*?)\\s*```$", "$1");
    return text.endsWith(";") ? text.substring(0, text.length() - 1).strip() : text;
  }

  private static List<String> ordered(List<String> rows, String right) {
    return right.contains("ORDER BY") ? rows : rows.stream().sorted().toList();
  }

  private List<String> run(String sql) {
    try (Connection connection = DriverManager.getConnection(url, ASKER, "");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS);
      List<String> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(sql)) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int column = 1; column <= columns; column++) {
            row.add(Objects.toString(result.getObject(column)));
          }
          rows.add(String.join("|", row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalArgumentException("It does not run: " + e.getMessage(), e);
    }
  }
}
