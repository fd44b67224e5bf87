package dev.finetune4j.dataset.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.format.ColumnMapping;
import dev.finetune4j.dataset.format.CsvFile;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.format.FileDataset;
import dev.finetune4j.dataset.format.JsonArrayFile;
import dev.finetune4j.dataset.format.JsonlFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records with ten images of 10 MiB each, and endless ones, in a process with little memory. */
@Tag("faults")
final class LargeRecordsTest {
  private static final String IMAGE = "A".repeat((10 << 20) / 3 * 4 + 4);

  @TempDir Path folder;

  /** Validates the file that it is given, and prints a line for each finding. */
  static final class Validate {
    private Validate() {}

    public static void main(String[] arguments) {
      Path file = Path.of(arguments[1]);
      FileDataset<ChatExample> dataset =
          switch (arguments[0]) {
            case "array" -> JsonArrayFile.read(file, ExampleCodecs.openAiChat());
            case "table" -> CsvFile.read(file, ColumnMapping.of("{{q}}", "{{a}}"));
            default -> JsonlFile.read(file, ExampleCodecs.openAiChat());
          };
      ValidationReport report =
          DatasetValidator.builder(ChatExample.class).minimumExamples(0).build().check(dataset);
      report.findings().stream()
          .filter(finding -> finding.severity() != Severity.NOTE)
          .forEach(finding -> System.out.println(finding.at().line() + " " + finding.ruleId()));
      if (report.isValid()) {
        try (var examples = dataset.examples()) {
          System.out.println(
              examples.mapToLong(LargeRecordsTest::images).sum()
                  + " images in "
                  + report.examplesChecked());
        }
      }
    }
  }

  private static long images(ChatExample example) {
    return example.messages().get(0).content().stream()
        .filter(ContentPart.Image.class::isInstance)
        .count();
  }

  /** Runs the validation in a process with so many MiB of heap. */
  private List<String> validate(String kind, Path file, int heap) throws Exception {
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-cp",
                System.getProperty("java.class.path"),
                Validate.class.getName(),
                kind,
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(out).stream().filter(line -> !line.startsWith("SLF4J")).toList();
  }

  private static void record(Writer out) throws IOException {
    out.write("{\"messages\":[{\"role\":\"user\",\"content\":[");
    for (int i = 0; i < 10; i++) {
      out.write(
          "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
              + IMAGE
              + "\"}},");
    }
    out.write("{\"type\":\"text\",\"text\":\"Who?\"}]},");
    out.write("{\"role\":\"assistant\",\"content\":\"Ann\"}]}");
  }

  @Test
  void recordsWithTenImagesAreReadInBoundedMemory() throws Exception {
    Path lines = folder.resolve("a.jsonl");
    Path array = folder.resolve("a.json");
    try (Writer out = Files.newBufferedWriter(lines);
        Writer other = Files.newBufferedWriter(array)) {
      other.write("[");
      for (int i = 0; i < 4; i++) {
        record(out);
        out.write("\n");
        other.write(i == 0 ? "" : ",");
        record(other);
      }
      other.write("]");
    }

    assertThat(validate("lines", lines, 1800)).contains("40 images in 4");
    assertThat(validate("array", array, 1800)).contains("40 images in 4");
  }

  @Test
  void recordsWithoutAnEndAreReportedInBoundedMemory() throws Exception {
    Path lines = folder.resolve("a.jsonl.gz");
    Path array = folder.resolve("a.json.gz");
    Path table = folder.resolve("a.csv.gz");
    Path bomb = folder.resolve("b.jsonl.gz");
    endless(lines, "", 600);
    endless(array, "[\"", 600);
    endless(table, "q,a\n1,2\n\"", 600);
    endless(bomb, "", 5 << 10);

    assertThat(validate("lines", lines, 768)).containsExactly("1 line-too-long");
    assertThat(validate("array", array, 768)).containsExactly("1 invalid-array");
    assertThat(validate("table", table, 768)).containsExactly("3 line-too-long");
    assertThat(validate("lines", bomb, 768)).containsExactly("1 suspicious-compression");
  }

  /** Writes so many MiB of one letter, which are about a thousandth of that in the file. */
  private static void endless(Path file, String start, int mebibytes) throws IOException {
    byte[] piece = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(start.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < mebibytes; i++) {
        out.write(piece);
      }
    }
  }
}
