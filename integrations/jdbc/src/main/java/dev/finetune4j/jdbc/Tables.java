package dev.finetune4j.jdbc;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of the tables.
 *
 * @param schema the database schema, empty for the default one of the connection
 * @param prefix the prefix of each table name
 */
record Tables(Optional<String> schema, String prefix) {
  static final String DEFAULT_PREFIX = "finetune4j_";

  private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
  private static final Pattern PREFIX = Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,39})?");

  Tables {
    schema.ifPresent(
        name -> {
          if (!SCHEMA.matcher(name).matches()) {
            throw new IllegalArgumentException(
                "Invalid schema name \""
                    + name
                    + "\": use up to 63 letters, digits and underscores, and no digit first.");
          }
        });
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "Invalid table prefix \""
              + prefix
              + "\": use up to 40 letters, digits and underscores, and no digit first.");
    }
  }

  static Tables standard() {
    return new Tables(Optional.empty(), DEFAULT_PREFIX);
  }

  String schemaVersion() {
    return qualified("schema_version");
  }

  String run() {
    return qualified("run");
  }

  String journal() {
    return qualified("journal");
  }

  String text() {
    return qualified("text");
  }

  String sample() {
    return qualified("sample");
  }

  String lease() {
    return qualified("lease");
  }

  /** Returns {@code sql} with {@code ${prefix}} replaced. */
  String resolve(String sql) {
    return sql.replace("${prefix}", qualified(""));
  }

  private String qualified(String name) {
    return schema.map(each -> each + ".").orElse("") + prefix + name;
  }
}
