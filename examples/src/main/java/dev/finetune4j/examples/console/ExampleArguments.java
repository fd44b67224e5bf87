package dev.finetune4j.examples.console;

import dev.finetune4j.Time;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of an example: options of the form {@code --name value}, and what is left.
 * Immutable and thread-safe.
 */
public final class ExampleArguments {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Map<String, String> options = new LinkedHashMap<>();
  private final List<String> rest = new ArrayList<>();
  private final boolean help;

  private ExampleArguments(String[] arguments, List<String> known) {
    boolean asked = false;
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--help")) {
        asked = true;
      } else if (!argument.startsWith("--")) {
        rest.add(argument);
      } else if (!known.contains(argument)) {
        throw new IllegalArgumentException(
            "Unknown option " + argument + ". The options are " + known + " and --help.");
      } else if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("Option " + argument + " needs a value after it.");
      } else {
        options.put(argument, arguments[++i]);
      }
    }
    help = asked;
  }

  /**
   * Reads arguments.
   *
   * @param known the options that the example has, each with its leading hyphens; each takes one
   *     value
   * @throws IllegalArgumentException if there is another option, or one without a value
   */
  public static ExampleArguments parse(String[] arguments, String... known) {
    return new ExampleArguments(arguments, List.of(known));
  }

  /** Returns whether the reader wants to know what the options are. */
  public boolean asksForHelp() {
    return help;
  }

  /** Returns the value of an option, empty if it was not given. */
  public Optional<String> find(String option) {
    return Optional.ofNullable(options.get(option));
  }

  /** Returns what is not an option, in order. */
  public List<String> rest() {
    return List.copyOf(rest);
  }

  /**
   * Returns the value of {@code --directory}, or a new folder below {@code runs} that is named by
   * example and time.
   */
  public Path directory(String example) {
    return find("--directory")
        .map(Path::of)
        .orElseGet(() -> Path.of("runs", example + "-" + STAMP.format(Time.system().now())))
        .toAbsolutePath()
        .normalize();
  }
}
