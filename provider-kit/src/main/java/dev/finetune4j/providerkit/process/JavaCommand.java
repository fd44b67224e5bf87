package dev.finetune4j.providerkit.process;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * The command of a child JVM that has the classes of this one. Immutable and thread-safe.
 *
 * @param executable the {@code java} to run
 * @param options what stands before the main class, for example {@code -Xmx1g}
 * @param environment what is set beside this JVM's own environment
 */
public record JavaCommand(Path executable, List<String> options, Map<String, String> environment) {

  /** Copies the collections. */
  public JavaCommand {
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }

  /** Returns the {@code java} that this JVM was started with, without options. */
  public static JavaCommand ofThisJvm() {
    String name = File.separatorChar == '\\' ? "java.exe" : "java";
    return new JavaCommand(
        Path.of(System.getProperty("java.home"), "bin", name), List.of(), Map.of());
  }

  /** Returns this command with another {@code java}. */
  public JavaCommand withExecutable(Path java) {
    return new JavaCommand(java, options, environment);
  }

  /** Returns this command with more options after those that it has. */
  public JavaCommand withOptions(List<String> more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(more);
    return new JavaCommand(executable, all, environment);
  }

  /** Returns this command with another set of variables. */
  public JavaCommand withEnvironment(Map<String, String> variables) {
    return new JavaCommand(executable, options, variables);
  }

  /**
   * Returns a process that runs {@code main} with this JVM's class path. Starts nothing. Secrets do
   * not belong into {@code arguments}: everybody on the machine can read them.
   */
  public ProcessBuilder running(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(options);
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // Class paths grow longer than a command line may be, so they travel in the environment.
    builder.environment().put("CLASSPATH", classPath(main));
    builder.environment().putAll(environment);
    return builder;
  }

  private static String classPath(Class<?> main) {
    List<String> entries = new ArrayList<>();
    if (main.getClassLoader() instanceof URLClassLoader loader) {
      // Maven's exec:java and some application servers load us beside the JVM's own class path.
      for (URL url : loader.getURLs()) {
        if (url.getProtocol().equals("file")) {
          entries.add(Path.of(URI.create(url.toString())).toString());
        }
      }
    }
    // Surefire starts the JVM with a jar that only lists others, and keeps the real path here.
    String real = System.getProperty("surefire.test.class.path");
    String path = real != null ? real : System.getProperty("java.class.path", "");
    StringTokenizer parts = new StringTokenizer(path, File.pathSeparator);
    while (parts.hasMoreTokens()) {
      entries.add(Path.of(parts.nextToken()).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
