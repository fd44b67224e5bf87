package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluationReportFileTest {
  @TempDir Path directory;

  private static EvaluationReport odd() {
    return EvaluationReport.builder("few-shot (4) \"ü\" \ud83c\udf70")
        .dataset("a\nb", MeasuredReports.FINGERPRINT)
        .grader("exact")
        .grader("f1")
        .startedAt(Instant.parse("2026-11-22T12:00:00.123456789Z"))
        .wallDuration(Duration.ofNanos(1_234_567_890_123L))
        .sample(
            SampleResult.builder(1)
                .prompt("</script>\u2028\u0000")
                .failure("the server is down")
                .latency(Duration.ofMillis(5))
                .build())
        .sample(
            SampleResult.builder(0)
                .repetition(2)
                .tag("language", "fr")
                .tag("length", "")
                .prompt("p")
                .reference("r")
                .answer("")
                .usage(new TokenUsage(12, 3))
                .latency(Duration.ofNanos(17))
                .grade("exact", Grade.fail("no"))
                .grade("f1", new Grade(1.0 / 3, false, Optional.empty()))
                .build())
        .build();
  }

  @Test
  void aReportSurvivesARoundTrip() {
    Path file = directory.resolve("deep/er/report.json");

    EvaluationReportFile.write(file, odd());

    assertThat(EvaluationReportFile.read(file)).isEqualTo(odd());
    assertThat(EvaluationReportFile.read(file).scores()).isEqualTo(odd().scores());
    assertThat(file.getParent()).isDirectoryContaining("glob:**report.json");
    assertThat(file.resolveSibling("report.json.part")).doesNotExist();
  }

  @Test
  void writingAgainReplacesTheFile() {
    Path file = directory.resolve("report.json");
    EvaluationReportFile.write(file, odd());

    EvaluationReportFile.write(file, MeasuredReports.passing("tuned", "101"));

    assertThat(EvaluationReportFile.read(file))
        .isEqualTo(MeasuredReports.passing("tuned", "101"))
        .isNotEqualTo(odd());
  }

  @Test
  void aReportWithoutRepetitionsAndTagsIsRead() {
    String old = EvaluationReportFile.toJson(MeasuredReports.passing("tuned", "10"));

    EvaluationReport report = EvaluationReportFile.fromJson(old);

    assertThat(old).doesNotContain("repetition", "tags");
    assertThat(report.samples())
        .allSatisfy(
            sample -> {
              assertThat(sample.repetition()).isZero();
              assertThat(sample.tags()).isEmpty();
            });
  }

  @Test
  void invalidFilesAreRejectedWithAReason() throws Exception {
    Path file = directory.resolve("report.json");

    Files.writeString(file, "{\"version\": 2}");
    assertThatThrownBy(() -> EvaluationReportFile.read(file))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessage("This report has version 2; this library reads version 1.");
    Files.writeString(
        file, EvaluationReportFile.toJson(odd()).replace("2026-11-22T12:00:00.12", "yesterday"));
    assertThatThrownBy(() -> EvaluationReportFile.read(file))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessageStartingWith("Not an evaluation report: ");
    assertThatThrownBy(() -> EvaluationReportFile.read(directory.resolve("none.json")))
        .isInstanceOf(UncheckedIOException.class);
  }
}
