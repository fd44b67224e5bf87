package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that take from other tools and give to builds. */
final class ExchangeExamplesTest {
  @TempDir Path directory;

  @Test
  void anEvaluationOfOpenAiEvalsRunsHere() throws Exception {
    List<String> lines =
        printed(() -> MoveOffOpenAiEvals.main(new String[] {"--directory", directory.toString()}));

    assertThat(lines.get(0))
        .isEqualTo(
            "PromptfooSuite(1 prompts, 5 tests, 1 findings), made for [openai:chat:gpt-4.1]");
    assertThat(lines).anyMatch(line -> line.matches("Now, on this machine: .*promptfoo 80.0 %.*"));
    assertThat(lines)
        .anyMatch(line -> line.matches("Then, at OpenAI: +.*evalrun_tickets.*80.0 %.*"));
    assertThat(lines.get(lines.size() - 1)).endsWith("TEST-tickets.xml (1 failed)");
    assertThat(Files.readString(directory.resolve("promptfooconfig.yaml"))).contains("javascript");
    assertThat(Files.readAllLines(directory.resolve("samples.csv"))).hasSizeGreaterThan(5);
  }

  @Test
  void aBuildFailsWhereQualityFalls() throws Exception {
    List<String> lines =
        printed(
            () ->
                RegressionGateInYourBuild.main(new String[] {"--directory", directory.toString()}));

    assertThat(lines).anyMatch(line -> line.startsWith("As it is: the build passes."));
    assertThat(lines).anyMatch(line -> line.contains("got worse by more than chance explains"));
    assertThat(directory.resolve("TEST-ticket-sorter.xml")).exists();
  }

  private interface Code {
    void run() throws Exception;
  }

  private static List<String> printed(Code code) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      code.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
