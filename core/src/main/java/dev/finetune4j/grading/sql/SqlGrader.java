package dev.finetune4j.grading.sql;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
 * <p>Do not trust a model's statements. This class runs a single statement that begins with SELECT,
 * WITH or VALUES, in a read-only transaction that is rolled back, for at most two seconds and
 * 10,000 rows. But databases differ in what a read-only transaction forbids, so use an account that
 * may only read a copy of the data.
 */
public final class SqlGrader implements Grader {
  private static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(2);
  private static final int STANDARD_ROWS = 10_000;

  private final SqlRun run;
  private final String reference;

  @Override
  public String version() {
    boolean standard = run.timeout().equals(STANDARD_TIMEOUT) && run.maximumRows() == STANDARD_ROWS;
    return "sql on "
        + reference
        + (standard ? "" : " within " + run.timeout() + " and " + run.maximumRows() + " rows");
  }

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
      throw new IllegalArgumentException(
          "The limits must be at least one second and one row, were "
              + timeout
              + " and "
              + rows
              + ".");
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
  public String name() {
    return "SQL";
  }

  @Override
  public Grade grade(PromptExample example, String answer) {
    SqlStatement right = SqlStatement.of(example.requireReference(reference));
    SqlStatement asked = SqlStatement.of(answer);
    if (!asked.onlyReads()) {
      return Grade.fail("It is not a single read-only statement.");
    }
    List<List<String>> wanted;
    try {
      wanted = run.rows(right);
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "The expected statement failed: " + right.text() + ": " + e.getMessage(), e);
    }
    try {
      return compared(wanted, run.rows(asked), right.orders());
    } catch (SQLException e) {
      return Grade.fail("It failed: " + e.getMessage());
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
      return ordered ? Grade.fail("The rows are right, but their order is not.") : Grade.pass();
    }
    return Grade.fail(
        "It returns "
            + given.size()
            + " rows that differ from the "
            + wanted.size()
            + " expected ones. First expected: "
            + (wanted.isEmpty() ? "none" : Grade.excerpt(wantedRows.get(0)))
            + "; first returned: "
            + (given.isEmpty() ? "none" : Grade.excerpt(givenRows.get(0)))
            + ".");
  }

  /**
   * Runs statements that only read. Thread-safe: a connection for each.
   *
   * @param source opens connections
   * @param timeout how long a statement may take, in whole seconds
   * @param maximumRows how many rows it may return
   */
  private record SqlRun(ConnectionSource source, Duration timeout, int maximumRows) {
    private static final MathContext NINE_DIGITS = new MathContext(9);

    /** Returns the rows, each value in one spelling. */
    List<List<String>> rows(SqlStatement sql) throws SQLException {
      try (Connection connection = source.open()) {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          statement.setQueryTimeout((int) timeout.toSeconds());
          // One more than allowed, so that too many are seen.
          statement.setMaxRows(maximumRows + 1);
          try (ResultSet result = statement.executeQuery(sql.text())) {
            return read(result);
          }
        } finally {
          connection.rollback();
        }
      }
    }

    private List<List<String>> read(ResultSet result) throws SQLException {
      int columns = result.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        if (rows.size() == maximumRows) {
          throw new SQLException("It returns more than " + maximumRows + " rows.");
        }
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(spelled(result.getObject(column)));
        }
        rows.add(row);
      }
      return rows;
    }

    private static String spelled(@Nullable Object value) {
      if (value instanceof Double || value instanceof Float) {
        double number = ((Number) value).doubleValue();
        return Double.isFinite(number)
            ? plain(new BigDecimal(number, NINE_DIGITS))
            : Double.toString(number);
      }
      if (value instanceof Number) {
        BigDecimal exact = new BigDecimal(value.toString());
        // An average may come with any number of decimals.
        return plain(exact.scale() > 0 ? exact.round(NINE_DIGITS) : exact);
      }
      return value instanceof String text ? "'" + text + "'" : Objects.toString(value);
    }

    private static String plain(BigDecimal number) {
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
  }

  /**
   * One SQL statement as a model writes it. Immutable and thread-safe.
   *
   * @param text without fence and without the semicolon at its end
   * @param bones the text in capitals, with an x for each literal, quoted name and comment
   */
  private record SqlStatement(String text, String bones) {
    private static final Pattern FENCE = Pattern.compile("(?s)^```\\w*\\s*(.*?)\\s*```$");
    private static final Pattern HIDDEN =
        Pattern.compile("(?s)'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\\*.*?\\*/");
    private static final Pattern BRACKETS = Pattern.compile("\\([^()]*\\)");
    private static final Pattern READS = Pattern.compile("^(SELECT|WITH|VALUES)\\b");
    private static final Pattern WRITES =
        Pattern.compile("\\b(INSERT|UPDATE|DELETE|MERGE|DROP|ALTER|CREATE|TRUNCATE|INTO|CALL)\\b");
    private static final Pattern ORDERS = Pattern.compile("\\bORDER\\s+BY\\b");

    /** Reads what a model wrote: a statement, perhaps in a fence, perhaps ended by a semicolon. */
    static SqlStatement of(String answer) {
      String text = FENCE.matcher(answer.strip()).replaceAll("$1").strip();
      while (text.endsWith(";")) {
        text = text.substring(0, text.length() - 1).strip();
      }
      String bones = HIDDEN.matcher(text).replaceAll(" x ").toUpperCase(Locale.ROOT);
      return new SqlStatement(text, bones.strip());
    }

    /** Returns whether it is one statement that begins as one that reads, and names no writing. */
    boolean onlyReads() {
      return READS.matcher(bones).find() && !WRITES.matcher(bones).find() && !bones.contains(";");
    }

    /** Returns whether its outermost level orders the rows. */
    boolean orders() {
      String outer = bones;
      String inner;
      do {
        inner = outer;
        outer = BRACKETS.matcher(inner).replaceAll(" ");
      } while (!outer.equals(inner));
      return ORDERS.matcher(outer).find();
    }
  }
}
