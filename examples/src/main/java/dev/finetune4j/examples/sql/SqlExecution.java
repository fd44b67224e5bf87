package dev.finetune4j.examples.sql;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.sql.SqlGrader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Runs the answer and the right statement on a database in memory and compares what comes out.
 * Thread-safe.
 *
 * <p>A model's statement is not trusted: beside what {@link SqlGrader} does, it runs as a user who
 * may read the tables and nothing else.
 */
public final class SqlExecution implements Grader {
  private static final String ASKER = "ASKER";

  private final String url = "jdbc:h2:mem:text-to-sql-" + UUID.randomUUID();
  private final Grader grader = SqlGrader.on(() -> DriverManager.getConnection(url, ASKER, ""));

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
  public String name() {
    return "execution";
  }

  @Override
  public Grade grade(PromptExample example, String answer) {
    return grader.grade(example, answer);
  }
}
