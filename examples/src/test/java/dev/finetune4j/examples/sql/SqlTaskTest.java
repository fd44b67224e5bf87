package dev.finetune4j.examples.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SqlTaskTest {
  private final SqlTask task = SqlTask.make();
  private final SqlExecution execution = new SqlExecution();

  @Test
  void everyRightStatementRunsAndCountsAsRight() {
    List<PromptExample> all = task.test(task.size()).examples().toList();

    assertThat(all)
        .allMatch(example -> execution.grade(example, example.requireReference("answer")).passed());
  }

  @Test
  void whatIsLearntIsNotAskedAgain() {
    List<List<Message>> learnt =
        task.training(task.size() - 30).examples().map(example -> example.prompt()).toList();

    assertThat(new HashSet<>(learnt))
        .doesNotContainAnyElementsOf(task.test(30).examples().map(PromptExample::prompt).toList());
  }

  @Test
  void anotherStatementWithTheSameRowsIsRight() {
    Grade grade = grade("SELECT COUNT(*) FROM book", "```sql\nselect count(title) from book;\n```");

    assertThat(grade.passed()).isTrue();
  }

  @Test
  void otherRowsAreWrong() {
    assertThat(grade("SELECT MAX(pages) FROM book", "SELECT MIN(pages) FROM book").passed())
        .isFalse();
  }

  @Test
  void aStatementThatDoesNotRunIsWrongWithItsReason() {
    Grade grade = grade("SELECT COUNT(*) FROM book", "SELECT chapters FROM book");

    assertThat(grade.reason().orElseThrow()).startsWith("It failed: ");
  }

  @Test
  void aModelsStatementReadsNoFilesAndChangesNothing() {
    assertThat(grade("SELECT COUNT(*) FROM book", "DROP TABLE book").passed()).isFalse();
    assertThat(grade("SELECT COUNT(*) FROM book", "SELECT FILE_READ('pom.xml', 'UTF-8')").reason())
        .hasValueSatisfying(reason -> assertThat(reason).contains("dmin"));
  }

  private Grade grade(String right, String answer) {
    return execution.grade(PromptExample.of(List.of(), right), answer);
  }
}
