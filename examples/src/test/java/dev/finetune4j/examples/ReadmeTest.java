package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.examples.recipes.RecipePlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program works as printed. */
final class ReadmeTest {
  private static final Path README = Path.of("../README.md");

  @TempDir Path directory;

  @Test
  void theProgramCompilesAndReachesADecision() throws Exception {
    Path source = directory.resolve("FineTune.java");
    Files.writeString(source, block("java"));
    RecipePlan.in(directory, 50);

    String complaints = compile(source);
    String printed =
        run("FineTune", directory.resolve("training.jsonl"), directory.resolve("work"));

    assertThat(complaints).isEmpty();
    assertThat(printed.strip())
        .matches("[A-Z_]+ " + Pattern.quote(directory.resolve("work/report.html").toString()));
  }

  @Test
  void theMavenCoordinatesAreThoseOfTheConsumerThatIsBuilt() throws Exception {
    String pom = Files.readString(Path.of("../consumers/maven-plain/pom.xml"));
    String version = bomVersion();

    String coordinates = withoutIndentation(block("xml"));

    assertThat(
            withoutIndentation(pom)
                .replace("${finetune4j.version}", version)
                .replace("${provider}", "local"))
        .contains(coordinates);
  }

  @Test
  void theGradleCoordinatesNameTheSameVersion() throws Exception {
    String coordinates = block("kotlin");

    assertThat(coordinates)
        .isEqualTo(
            """
            implementation(platform("dev.finetune4j:finetune4j-bom:%s"))
            implementation("dev.finetune4j:finetune4j-local")
            """
                .formatted(bomVersion()));
  }

  private String compile(Path source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      compiler
          .getTask(
              complaints,
              files,
              null,
              List.of("-d", directory.toString(), "-proc:none", "-Xlint:-path", "-cp", classPath()),
              null,
              files.getJavaFileObjects(source))
          .call();
    }
    return complaints.toString();
  }

  private String run(String program, Path file, Path folder) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {directory.toUri().toURL()}, ReadmeTest.class.getClassLoader())) {
      String[] arguments = {file.toString(), folder.toString()};
      loader.loadClass(program).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Surefire starts the JVM with one jar whose manifest names the others. */
  private static String classPath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", ""));
  }

  private static String block(String language) throws IOException {
    return first("^```" + language + "\n(.*?)^```$", Files.readString(README));
  }

  private static String bomVersion() throws IOException {
    return first("<version>([^<]+)</version>", Files.readString(Path.of("../bom/pom.xml")));
  }

  private static String first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL | Pattern.MULTILINE).matcher(text);
    assertThat(matcher.find()).as("something like %s", pattern).isTrue();
    return matcher.group(1);
  }

  private static String withoutIndentation(String xml) {
    return xml.replaceAll("(?m)^ +", "");
  }
}
