package dev.finetune4j.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The tables of a {@link JdbcStore}: their names, and the versioned scripts that create them.
 * {@link JdbcStore} applies missing scripts automatically. Where the application may not create
 * tables, print the scripts for a database administrator and build the store with {@code
 * migrate(false)}:
 *
 * <pre>{@code
 * java -cp finetune4j-jdbc.jar dev.finetune4j.jdbc.JdbcSchemaMain --schema tuning
 * }</pre>
 *
 * Immutable and thread-safe.
 */
public final class JdbcSchema {
  private static final List<String> RELEASED =
      List.of("runs, journal, stored texts, samples and leases");

  private final Tables tables;
  private final List<String> descriptions;

  JdbcSchema(Tables tables, List<String> descriptions) {
    this.tables = tables;
    this.descriptions = descriptions;
  }

  /**
   * Returns the tables in the default schema of the connection, their names beginning with {@code
   * finetune4j_}.
   */
  public static JdbcSchema standard() {
    return new JdbcSchema(Tables.standard(), RELEASED);
  }

  /**
   * Returns these tables in a database schema of that name, which must exist.
   *
   * @param name up to 63 letters, digits and underscores, not beginning with a digit
   */
  public JdbcSchema inSchema(String name) {
    Objects.requireNonNull(name, "name");
    return new JdbcSchema(new Tables(Optional.of(name), tables.prefix()), descriptions);
  }

  /**
   * Returns these tables with names that begin with {@code prefix} instead of {@code finetune4j_}.
   *
   * @param prefix up to 40 letters, digits and underscores, not beginning with a digit; may be
   *     empty
   */
  public JdbcSchema withTablePrefix(String prefix) {
    return new JdbcSchema(new Tables(tables.schema(), prefix), descriptions);
  }

  /** Returns the version of the schema that this release needs. */
  public int version() {
    return descriptions.size();
  }

  /**
   * Returns the script that creates all tables. Applying it again changes nothing. Reads only
   * resources of this library.
   */
  public String script() {
    return scriptAfter(0);
  }

  /**
   * Returns the script that migrates the tables from an older version to the current one.
   *
   * @param version the highest version in the table {@code schema_version}; 0 without tables
   */
  public String scriptAfter(int version) {
    if (version < 0 || version > version()) {
      throw new IllegalArgumentException(
          "Unknown schema version " + version + "; this release knows 0 to " + version() + ".");
    }
    List<String> statements = new ArrayList<>();
    if (version == 0) {
      statements.addAll(bootstrap());
    }
    for (int next = version + 1; next <= version(); next++) {
      statements.addAll(statements(next));
      statements.add(record(next, descriptions.get(next - 1)));
    }
    return statements.stream().map(each -> each + ";\n").collect(Collectors.joining("\n"));
  }

  /**
   * Applies the missing scripts. One query if none is missing. Blocks while another process
   * migrates.
   *
   * @throws JdbcStoreException if the database refuses, or was migrated by a newer release
   */
  public void migrate(DataSource source) {
    new Migration(new Database(source), this).apply();
  }

  Tables tables() {
    return tables;
  }

  String description(int version) {
    return descriptions.get(version - 1);
  }

  /** Returns the statements that create the table of versions. They may run again. */
  List<String> bootstrap() {
    return List.of(
        "CREATE TABLE IF NOT EXISTS "
            + tables.schemaVersion()
            + " (\n"
            + "  version INTEGER NOT NULL PRIMARY KEY,\n"
            + "  description VARCHAR(200) NOT NULL,\n"
            + "  applied_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL\n"
            + ")",
        record(0, "locked while a migration runs"));
  }

  /** Returns the statements of one version. They may run again. */
  List<String> statements(int version) {
    String name = "schema-" + version + ".sql";
    try (InputStream resource = JdbcSchema.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("The resource " + name + " is missing from this library.");
      }
      String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(tables.resolve(text).strip().split(";\\s*"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + name + ".", e);
    }
  }

  /** Returns the statement that records a version, once. */
  String record(int version, String description) {
    String table = tables.schemaVersion();
    return "INSERT INTO "
        + table
        + " (version, description) SELECT "
        + version
        + ", '"
        + description
        + "' WHERE NOT EXISTS (SELECT 1 FROM "
        + table
        + " WHERE version = "
        + version
        + ")";
  }
}
