package dev.finetune4j.grading.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SqlGraderTest {
  private static final String URL = "jdbc:h2:mem:sql-grader";

  private final SqlGrader grader = SqlGrader.on(() -> DriverManager.getConnection(URL));
  private Connection keptOpen;

  @BeforeEach
  void makeTables() throws SQLException {
    keptOpen = DriverManager.getConnection(URL);
    try (Statement statement = keptOpen.createStatement()) {
      statement.execute("CREATE TABLE dish (name VARCHAR, course VARCHAR, calories INTEGER)");
      statement.execute(
          "INSERT INTO dish VALUES ('soup', 'starter', 80), ('rice', 'main', 200),"
              + " ('stew', 'main', 301), ('pie; cold', 'dessert', 200)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    keptOpen.close();
  }

  private Grade grade(String right, String answer) {
    return grader.grade(PromptExample.of(List.of(Message.user("?")), right), answer);
  }

  @Test
  void statementsWithTheSameRowsPass() {
    String right = "SELECT name FROM dish WHERE calories = 200";

    assertThat(grade(right, "```sql\nselect d.name AS n from dish d where calories = 200;\n```"))
        .isEqualTo(Grade.pass());
    assertThat(grade(right, "SELECT name FROM dish WHERE calories = 200 ORDER BY name DESC"))
        .isEqualTo(Grade.pass());
    assertThat(grade("SELECT AVG(calories) FROM dish WHERE course='main'", "SELECT 501 / 2.0"))
        .isEqualTo(Grade.pass());
  }

  @Test
  void orderMattersIfTheExpectedStatementOrdersItsRows() {
    String right = "SELECT name FROM dish ORDER BY calories, name";

    assertThat(grade(right, "SELECT name FROM dish ORDER BY name").reason())
        .contains("The rows are right, but their order is not.");
    assertThat(
            grade(
                    "SELECT name FROM (SELECT name FROM dish ORDER BY name) -- ORDER BY",
                    "SELECT name FROM dish ORDER BY calories")
                .passed())
        .isTrue();
  }

  @Test
  void repeatedRowsAreCounted() {
    Grade grade = grade("SELECT course FROM dish", "SELECT DISTINCT course FROM dish");

    assertThat(grade.passed()).isFalse();
    assertThat(grade.reason().orElseThrow())
        .startsWith("It returns 3 rows that differ from the 4 expected ones.");
  }

  @Test
  void aFailingStatementFailsWithItsError() {
    assertThat(grade("SELECT 1", "SELECT nothing FROM dish").reason().orElseThrow())
        .startsWith("It failed: Column \"NOTHING\" not found");
  }

  @Test
  void aStatementThatWritesIsNotRun() throws SQLException {
    for (String evil :
        List.of(
            "DELETE FROM dish",
            "SELECT 1; DELETE FROM dish",
            "WITH x AS (SELECT 1) DELETE FROM dish",
            "I would say: SELECT 1")) {
      assertThat(grade("SELECT 1", evil).reason())
          .as(evil)
          .contains("It is not a single read-only statement.");
    }

    assertThat(grade("SELECT COUNT(*) FROM dish", "SELECT 4")).isEqualTo(Grade.pass());
  }

  @Test
  void keywordsInLiteralsAndNamesAreIgnored() {
    assertThat(
            grade(
                "SELECT name FROM dish WHERE name = 'pie; cold'",
                "SELECT name FROM dish WHERE name = 'pie; cold' AND name <> 'drop ''delete'''"))
        .isEqualTo(Grade.pass());
  }

  @Test
  void tooManyRowsFail() {
    Grade grade =
        grader
            .withLimits(Duration.ofSeconds(1), 2)
            .grade(
                PromptExample.of(List.of(Message.user("?")), "SELECT 1"), "SELECT name FROM dish");

    assertThat(grade.reason()).contains("It failed: It returns more than 2 rows.");
  }

  @Test
  void aFailingExpectedStatementIsAnErrorInTheExample() {
    assertThatThrownBy(() -> grade("SELECT x FROM nowhere", "SELECT 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The expected statement failed: SELECT x FROM nowhere:");
  }
}
