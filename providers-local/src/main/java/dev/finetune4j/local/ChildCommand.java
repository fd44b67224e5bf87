package dev.finetune4j.local;

import dev.finetune4j.local.internal.process.TrainerMain;
import dev.finetune4j.providerkit.process.ChildClassPath;
import dev.finetune4j.providerkit.process.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Builds the command of the child JVMs, and fails early if they could not run. Stateless. */
final class ChildCommand {
  private static final String MAIN = TrainerMain.class.getName().replace('.', '/') + ".class";
  private static final List<String> NATIVE_ARTIFACTS = List.of("javacpp", "openblas", "pytorch");

  private ChildCommand() {}

  /**
   * Returns the command without its main class.
   *
   * @param directory the provider's; copies of nested jars and native libraries go into it
   * @param executable null for this JVM's own
   * @param maximumHeapBytes 0 for the JVM's choice
   * @param options the caller's, which come last
   * @throws IllegalStateException if children cannot run here; says what is missing
   */
  static JavaCommand of(
      Path directory,
      @Nullable Path executable,
      long maximumHeapBytes,
      List<String> options,
      NativePlatform platform) {
    platform.requireSupported();
    JavaCommand java = JavaCommand.ofThisJvm();
    if (executable != null) {
      java = java.withExecutable(executable);
    }
    requireExecutable(java.executable());
    try {
      ChildClassPath path =
          ChildClassPath.ofThisJvm(TrainerMain.class, directory.resolve("class-path"));
      requireClasses(path);
      requireNatives(path, platform);
      List<String> all = new ArrayList<>();
      if (maximumHeapBytes > 0) {
        all.add("-Xmx" + maximumHeapBytes);
      }
      all.addAll(fixedOptions());
      all.addAll(
          NativeCaches.options(
              System.getProperties(), System.getenv(), directory.resolve("native-cache")));
      all.addAll(options);
      return java.withClassPath(path).withOptions(all).withEnvironment(environment());
    } catch (IOException e) {
      throw new IllegalStateException(
          "The child processes of LocalProvider cannot be prepared in "
              + directory
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static List<String> fixedOptions() {
    return List.of(
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        // The work is native: the second compiler costs more than it saves (19% of the
        // processor time of a short training, a third of a server's start).
        "-XX:TieredStopAtLevel=1",
        // Else the binding counts the weights, which are not on the heap, against it.
        "-Dorg.bytedeco.javacpp.maxBytes=0",
        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
        // Java 24 and later warn about native code without it.
        "--enable-native-access=ALL-UNNAMED");
  }

  private static Map<String, String> environment() {
    // The kernels' own threads spin against each other; only the environment stops them.
    return Map.of(
        "OMP_WAIT_POLICY", "PASSIVE", "OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1");
  }

  private static void requireExecutable(Path java) {
    // A bare name is looked up in the system's search path.
    if (java.getNameCount() > 1 && !Files.isExecutable(java)) {
      throw new IllegalStateException(
          "LocalProvider runs child processes with "
              + java
              + ", which is not an executable file. Set javaExecutable to the java of a JDK or JRE;"
              + " images that jpackage makes have none unless it runs without"
              + " --strip-native-commands.");
    }
  }

  private static void requireClasses(ChildClassPath path) throws IOException {
    if (path.missing(List.of(MAIN)).isEmpty()) {
      return;
    }
    @Nullable CodeSource source = TrainerMain.class.getProtectionDomain().getCodeSource();
    String location =
        source == null || source.getLocation() == null ? "" : source.getLocation().toString();
    throw new IllegalStateException(missingClasses(location));
  }

  static String missingClasses(String location) {
    String cure =
        location.startsWith("jrt:")
            ? "A run-time image keeps its classes where no other program can read them. Leave"
                + " finetune4j-local out of the image, and put it and its dependencies on the class"
                + " path or the module path."
            : "Put finetune4j-local and its dependencies on the class path or the module path, or"
                + " into Spring Boot's executable jar.";
    return "The child processes of LocalProvider cannot find its classes, which come from "
        + (location.isEmpty() ? "an unknown place" : location)
        + ". "
        + cure;
  }

  static void requireNatives(ChildClassPath path, NativePlatform platform) throws IOException {
    List<String> missing = missing(path, platform);
    if (missing.isEmpty()) {
      return;
    }
    List<String> found = new ArrayList<>();
    for (NativePlatform other : platform.others()) {
      if (missing(path, other).size() < NATIVE_ARTIFACTS.size()) {
        found.add(other.name());
      }
    }
    List<String> cure =
        missing.stream()
            .map(each -> "org.bytedeco:" + each + ":" + version(each) + ":" + platform.name())
            .toList();
    throw new IllegalStateException(
        "LocalProvider runs on "
            + platform.name()
            + " and lacks native libraries of "
            + String.join(", ", missing)
            + "; the class path has "
            + (found.isEmpty() ? "none of other platforms" : "those of " + String.join(", ", found))
            + ". Add the dependencies "
            + String.join(", ", cure)
            + " (group:artifact:version:classifier).");
  }

  private static List<String> missing(ChildClassPath path, NativePlatform platform)
      throws IOException {
    List<String> missing = path.missing(NATIVE_ARTIFACTS.stream().map(platform::resource).toList());
    return NATIVE_ARTIFACTS.stream()
        .filter(each -> missing.contains(platform.resource(each)))
        .toList();
  }

  /** Returns the version of the artifact's Java classes, which its native libraries must have. */
  private static String version(String artifact) {
    Properties properties = new Properties();
    try (@Nullable InputStream file =
        ChildCommand.class
            .getClassLoader()
            .getResourceAsStream("META-INF/maven/org.bytedeco/" + artifact + "/pom.properties")) {
      if (file != null) {
        properties.load(file);
      }
    } catch (IOException e) {
      // The message is of use without it.
      return "VERSION";
    }
    return properties.getProperty("version", "VERSION");
  }
}
