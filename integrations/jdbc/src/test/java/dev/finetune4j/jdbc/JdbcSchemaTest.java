package dev.finetune4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class JdbcSchemaTest {

  /** The tests for every database. */
  abstract static class Contract {
    private static final JdbcSchema SCHEMA = JdbcSchema.standard();

    final DataSource source = database().create();

    abstract TestDatabase database();

    @Test
    void migrationCreatesTheTablesAndRunsAgainWithoutEffect() throws Exception {
      SCHEMA.migrate(source);
      SCHEMA.migrate(source);

      assertThat(query("SELECT version FROM finetune4j_schema_version ORDER BY version"))
          .containsExactly("0", "1");
      assertThat(query("SELECT run_id FROM finetune4j_run")).isEmpty();
    }

    @Test
    void concurrentMigrationsApplyEachVersionOnce() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      // PostgreSQL reports the collision of two CREATE TABLE in several ways. Which one depends on
      // the moment, so one round meets few of them.
      for (int round = 0; round < 30; round++) {
        String prefix = "round" + round + "_";
        JdbcSchema schema = SCHEMA.withTablePrefix(prefix);
        CyclicBarrier together = new CyclicBarrier(8);
        List<Future<?>> migrations = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          migrations.add(
              threads.submit(
                  () -> {
                    together.await();
                    schema.migrate(source);
                    return null;
                  }));
        }

        for (Future<?> migration : migrations) {
          migration.get();
        }

        assertThat(query("SELECT version FROM " + prefix + "schema_version ORDER BY version"))
            .containsExactly("0", "1");
      }
      threads.shutdown();
    }

    @Test
    void theTablesOfAnOlderReleaseAreMigrated() throws Exception {
      SCHEMA.migrate(source);

      later().migrate(source);

      assertThat(query("SELECT version FROM finetune4j_schema_version ORDER BY version"))
          .containsExactly("0", "1", "2");
      assertThat(query("SELECT note FROM finetune4j_added_later")).isEmpty();
    }

    @Test
    void theTablesOfANewerReleaseAreRefused() throws Exception {
      later().migrate(source);

      assertThatThrownBy(() -> SCHEMA.migrate(source))
          .isInstanceOf(JdbcStoreException.class)
          .hasMessage(
              "finetune4j_schema_version has version 2, and this release knows versions up to 1."
                  + " Use the newer release of finetune4j-jdbc that migrated it.");
    }

    @Test
    void thePrintedScriptIsCompleteAndMayBeAppliedTwice() throws Exception {
      apply(SCHEMA.script());
      apply(SCHEMA.script());

      new Migration(new Database(source), SCHEMA).require();
      assertThat(query("SELECT version FROM finetune4j_schema_version ORDER BY version"))
          .containsExactly("0", "1");
    }

    @Test
    void withoutMigrationMissingTablesAreReported() {
      assertThatThrownBy(() -> new Migration(new Database(source), SCHEMA).require())
          .isInstanceOf(JdbcStoreException.class)
          .hasMessage(
              "The tables of finetune4j have version 0 in finetune4j_schema_version, and this"
                  + " release needs 1. Apply the script that JdbcSchema.scriptAfter(0) returns, or"
                  + " build the store with migrate(true).");
    }

    @Test
    void twoSetsOfTablesCoexist() throws Exception {
      apply("CREATE SCHEMA tuning");
      JdbcSchema other = SCHEMA.inSchema("tuning").withTablePrefix("");

      SCHEMA.migrate(source);
      other.migrate(source);

      apply("INSERT INTO tuning.run (run_id) VALUES ('run-1')");
      assertThat(query("SELECT run_id FROM tuning.run")).containsExactly("run-1");
      assertThat(query("SELECT run_id FROM finetune4j_run")).isEmpty();
    }

    @Test
    void aMissingSchemaIsReportedWithASuggestion() {
      assertThatThrownBy(() -> SCHEMA.inSchema("absent").migrate(source))
          .isInstanceOf(JdbcStoreException.class)
          .hasMessageStartingWith("Cannot create absent.finetune4j_schema_version: ")
          .hasMessageContaining("Create the schema, or name another one");
    }

    private JdbcSchema later() {
      return new JdbcSchema(Tables.standard(), List.of("first", "added later"));
    }

    private void apply(String script) throws SQLException {
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        for (String sql : script.split(";\\s*", 0)) {
          statement.execute(sql);
        }
      }
    }

    private List<String> query(String sql) throws SQLException {
      List<String> values = new ArrayList<>();
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
      return values;
    }
  }

  @Nested
  final class OnH2 extends Contract {
    @Override
    TestDatabase database() {
      return TestDatabase.H2;
    }
  }

  @Nested
  @Tag("database")
  final class OnPostgres extends Contract {
    @Override
    TestDatabase database() {
      return TestDatabase.POSTGRESQL;
    }
  }

  @Test
  void namesThatNeedQuotingAreRefused() {
    assertThatThrownBy(() -> JdbcSchema.standard().withTablePrefix("x; DROP TABLE y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid table prefix \"x; DROP TABLE y\": use up to 40 letters, digits and"
                + " underscores, and no digit first.");
  }
}
