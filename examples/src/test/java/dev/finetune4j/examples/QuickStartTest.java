package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.examples.recipes.RecipePlan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the examples that train, on a small part of their data: what they measure is not looked at
 * here, only that they go their whole way.
 */
final class QuickStartTest {
  @TempDir Path directory;

  @Test
  void theQuickStartGoesItsWholeWayAndAgainFromItsJournal() throws Exception {
    String[] arguments = {"--examples-divisor", "50", "--directory", directory.toString()};

    List<String> first = printed(() -> QuickStart.main(arguments));
    List<String> second = printed(() -> QuickStart.main(arguments));

    assertThat(first).contains("9/9 SETTLE: keeping or deleting the deployment");
    assertThat(last(first)).isEqualTo("Report: " + directory.resolve("report.html"));
    assertThat(Files.readString(directory.resolve("report.json"))).contains("\"verdict\"");
    assertThat(second).anyMatch(line -> line.startsWith("5/9 AWAIT: training (done before)"));
    assertThat(last(second)).isEqualTo(last(first));
  }

  @Test
  void aCheckpointFolderIsTrainedTheSameWay() throws Exception {
    Path quick = directory.resolve("quick");
    printed(
        () ->
            QuickStart.main(
                new String[] {"--examples-divisor", "100", "--directory", quick.toString()}));

    List<String> lines =
        printed(
            () ->
                LocalSmolLm.main(
                    new String[] {
                      "--checkpoint",
                      quick.resolve("local/bases/tiny").toString(),
                      "--examples-divisor",
                      "100",
                      "--epochs",
                      "1",
                      "--directory",
                      directory.resolve("smollm").toString()
                    }));

    assertThat(last(lines)).isEqualTo("Report: " + directory.resolve("smollm/report.html"));
  }

  @Test
  void theSameDataIsPricedBeforeAnythingIsSent() throws Exception {
    Path quick = directory.resolve("data");
    RecipePlan.in(quick, 10);

    List<String> lines =
        printed(
            () ->
                EstimateCost.main(
                    new String[] {
                      quick.resolve("training.jsonl").toString(), "--price-per-million", "5"
                    }));

    assertThat(lines.get(0)).matches("150 examples, \\d+ tokens.*");
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches("Training costs .* USD for \\d+ trained tokens in 3 epoch\\(s\\)"));
  }

  @Test
  void everyExampleExplainsItself() throws Exception {
    String[] help = {"--help"};

    assertThat(printed(() -> QuickStart.main(help))).anyMatch(line -> line.contains("--directory"));
    assertThat(printed(() -> LocalSmolLm.main(help)))
        .anyMatch(line -> line.contains("--checkpoint"));
    assertThat(printed(() -> EstimateCost.main(help)))
        .anyMatch(line -> line.contains("--price-per-million"));
  }

  private static String last(List<String> lines) {
    return lines.get(lines.size() - 1);
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
