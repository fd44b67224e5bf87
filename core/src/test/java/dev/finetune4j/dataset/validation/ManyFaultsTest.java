package dev.finetune4j.dataset.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.format.JsonlFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line of each kind of fault, and the whole text of what is said of it. */
final class ManyFaultsTest {
  @TempDir Path folder;

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ManyFaultsTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }

  private Path faults() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(resource("faults.jsonl"));
    // What a text resource cannot hold: bytes that are not UTF-8.
    bytes.write(
        "{\"messages\":[{\"role\":\"user\",\"content\":\"caf".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xE9);
    bytes.write("\"}]}\n".getBytes(StandardCharsets.UTF_8));
    return Files.write(folder.resolve("faults.jsonl"), bytes.toByteArray());
  }

  private ValidationReport validate(int threads) throws IOException {
    return DatasetValidator.builder(ChatExample.class)
        .threads(threads)
        .without("missing-system-message")
        .build()
        .check(JsonlFile.read(faults(), ExampleCodecs.openAiChat()));
  }

  @Test
  void everyFaultIsReportedOnItsLineWithASuggestion() throws IOException {
    ValidationReport report = validate(2);
    String text = report.findings().stream().map(f -> f + "\n").collect(Collectors.joining());

    assertThat(text).isEqualTo(new String(resource("faults-findings.txt"), StandardCharsets.UTF_8));
    assertThat(report.counts().size()).isGreaterThanOrEqualTo(30);
    assertThat(report.isValid()).isFalse();
  }

  @Test
  void theFindingsDoNotDependOnTheNumberOfThreads() throws IOException {
    List<Finding> one = validate(1).findings();

    assertThat(validate(4).findings()).isEqualTo(one);
  }

  @Test
  void eachFindingIsOneLineOfJson() throws IOException {
    String first = validate(2).toJsonLines().lines().findFirst().orElseThrow();

    assertThat(first)
        .isEqualTo(
            "{\"line\":2,\"path\":\"$.messages[2]\",\"severity\":\"error\",\"rule\":\"invalid-json\","
                + "\"message\":\"Not valid JSON at column 83: a value cannot begin with \\\"}\\\".\","
                + "\"suggestion\":\"Write each example as one JSON object on one line.\"}");
  }
}
