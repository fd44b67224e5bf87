package dev.finetune4j.grading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements that only read. Thread-safe: a connection for each.
 *
 * @param source opens connections
 * @param timeout how long a statement may take, in whole seconds
 * @param maximumRows how many rows it may return
 */
record SqlRun(ConnectionSource source, Duration timeout, int maximumRows) {
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
