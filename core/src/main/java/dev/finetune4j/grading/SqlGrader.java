package dev.finetune4j.grading;

import dev.finetune4j.dataset.PromptExample;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Runs the answer and the expected statement on the application's database and compares what comes
 * out: the same rows pass, whatever the columns are called. The order of rows counts only where the
 * expected statement orders them at its outermost level; repeated rows count as often as they come.
 * Numbers are compared by value, doubles to nine digits. Immutable; thread-safe.
 *
 * <pre>{@code
 * Grader sql = SqlGrader.on(readOnlyDataSource::getConnection);
 * // "SELECT name FROM dish" and "select d.name from dish d;" get the same grade
 * }</pre>
 *
 * <p>A model's statement is not to be trusted. This class takes one statement that begins with
 * SELECT, WITH or VALUES, in a read-only transaction that is rolled back, for at most two seconds
 * and 10,000 rows; but what a read-only transaction forbids differs from database to database, so
 * give it an account that may read a copy of the data and nothing else.
 */
public final class SqlGrader implements Grader {
  private static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(2);
  private static final int STANDARD_ROWS = 10_000;

  private final SqlRun run;
  private final String reference;

  private SqlGrader(SqlRun run, String reference) {
    this.run = run;
    this.reference = reference;
  }

  /** Returns a grader that expects the right statement under {@link PromptExample#ANSWER}. */
  public static SqlGrader on(ConnectionSource source) {
    return new SqlGrader(
        new SqlRun(Objects.requireNonNull(source, "source"), STANDARD_TIMEOUT, STANDARD_ROWS),
        PromptExample.ANSWER);
  }

  /** Returns this grader with the right statement under another name. */
  public SqlGrader onReference(String name) {
    return new SqlGrader(run, name);
  }

  /** Returns this grader with another limit of time, in whole seconds from 1 on, and of rows. */
  public SqlGrader withLimits(Duration timeout, int rows) {
    if (timeout.toSeconds() < 1 || rows < 1) {
      throw new IllegalArgumentException("The limits are at least one second and one row.");
    }
    return new SqlGrader(new SqlRun(run.source(), timeout, rows), reference);
  }

  /**
   * Judges one answer; two statements on one connection.
   *
   * @throws IllegalArgumentException if the expected statement does not run: a fault of the example
   *     or of the database, not of the answer
   */
  @Override
  public Grade grade(PromptExample example, String answer) {
    SqlStatement right = SqlStatement.of(example.requireReference(reference));
    SqlStatement asked = SqlStatement.of(answer);
    if (!asked.onlyReads()) {
      return Grade.fail("It is not one statement that only reads.");
    }
    List<List<String>> wanted;
    try {
      wanted = run.rows(right);
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "The expected statement does not run: " + right.text() + ": " + e.getMessage(), e);
    }
    try {
      return compared(wanted, run.rows(asked), right.orders());
    } catch (SQLException e) {
      return Grade.fail("It does not run: " + e.getMessage());
    }
  }

  private static Grade compared(
      List<List<String>> wanted, List<List<String>> given, boolean ordered) {
    List<String> wantedRows = wanted.stream().map(List::toString).toList();
    List<String> givenRows = given.stream().map(List::toString).toList();
    if (wantedRows.equals(givenRows)) {
      return Grade.pass();
    }
    boolean sameBag =
        wantedRows.stream().sorted().toList().equals(givenRows.stream().sorted().toList());
    if (sameBag) {
      return ordered ? Grade.fail("The rows are right, their order is not.") : Grade.pass();
    }
    return Grade.fail(
        "It returns "
            + given.size()
            + " rows, and "
            + wanted.size()
            + " other ones are right. First right one: "
            + (wanted.isEmpty() ? "none" : TextGrades.shown(wantedRows.get(0)))
            + "; first returned: "
            + (given.isEmpty() ? "none" : TextGrades.shown(givenRows.get(0)))
            + ".");
  }
}
