package dev.finetune4j.jdbc;

/** Prints the scripts of {@link JdbcSchema} for a database administrator. */
public final class JdbcSchemaMain {

  private JdbcSchemaMain() {}

  /**
   * Prints the script.
   *
   * @param arguments {@code --schema NAME}, {@code --prefix PREFIX}, {@code --after VERSION}; each
   *     may be left out
   */
  public static void main(String[] arguments) {
    JdbcSchema schema = JdbcSchema.standard();
    int after = 0;
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("Missing value after " + arguments[i] + ".");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--schema" -> schema = schema.inSchema(value);
        case "--prefix" -> schema = schema.withTablePrefix(value);
        case "--after" -> after = Integer.parseInt(value);
        default ->
            throw new IllegalArgumentException(
                "Unknown option " + arguments[i] + "; expected --schema, --prefix or --after.");
      }
    }
    System.out.print(schema.scriptAfter(after));
  }
}
