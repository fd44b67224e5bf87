package dev.finetune4j.providerkit.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command of a child JVM that has the classes of this one. Immutable and thread-safe.
 *
 * @param executable the {@code java} to run
 * @param options what comes before the main class, for example {@code -Xmx1g}
 * @param environment what is set beside this JVM's own environment
 * @param classPath the classes of the child; null for those of this JVM, which then must not be in
 *     jars inside another jar
 */
public record JavaCommand(
    Path executable,
    List<String> options,
    Map<String, String> environment,
    @Nullable ChildClassPath classPath) {

  /** Copies the collections. */
  public JavaCommand {
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }

  /** Returns the {@code java} that this JVM was started with, without options. */
  public static JavaCommand ofThisJvm() {
    String name = File.separatorChar == '\\' ? "java.exe" : "java";
    return new JavaCommand(
        Path.of(System.getProperty("java.home", ""), "bin", name), List.of(), Map.of(), null);
  }

  /** Returns this command with another {@code java}. */
  public JavaCommand withExecutable(Path java) {
    return new JavaCommand(java, options, environment, classPath);
  }

  /** Returns this command with more options, added at the end. */
  public JavaCommand withOptions(List<String> more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(more);
    return new JavaCommand(executable, all, environment, classPath);
  }

  /** Returns this command with another set of variables. */
  public JavaCommand withEnvironment(Map<String, String> variables) {
    return new JavaCommand(executable, options, variables, classPath);
  }

  /** Returns this command with the classes of {@code path}. */
  public JavaCommand withClassPath(ChildClassPath path) {
    return new JavaCommand(executable, options, environment, path);
  }

  /**
   * Returns a process that runs {@code main}. Starts nothing. Do not put secrets into {@code
   * arguments}: everybody on the machine can read them.
   */
  public ProcessBuilder running(Class<?> main, List<String> arguments) {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(executable.toString())));
    (classPath == null ? ChildClassPath.ofThisJvm(main) : classPath).addTo(builder);
    builder.command().addAll(options);
    builder.command().add(main.getName());
    builder.command().addAll(arguments);
    builder.environment().putAll(environment);
    return builder;
  }
}
