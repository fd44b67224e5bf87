package dev.finetune4j.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads the example data in the source packages of LLaMA-Factory and axolotl on PyPI; the packages
 * of TRL have none. Downloads about 10 MB with pip, once, into the user's cache folder; skipped
 * where that is not possible.
 */
@Tag("python")
final class PackagedFilesPythonTest {
  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "finetune4j", "sdists");

  @TempDir Path folder;

  private Path unpacked(String name, String version) throws IOException, InterruptedException {
    Path archive = CACHE.resolve(name + "-" + version + ".tar.gz");
    if (!Files.exists(archive)) {
      Files.createDirectories(CACHE);
      run(
          List.of(
              "python3",
              "-m",
              "pip",
              "download",
              "-q",
              "--no-deps",
              "--no-binary",
              ":all:",
              "--no-build-isolation",
              "-d",
              CACHE.toString(),
              name + "==" + version));
    }
    assumeThat(archive).as("Skipped: PyPI does not serve " + name + " " + version).exists();
    assumeThat(run(List.of("tar", "xzf", archive.toString(), "-C", folder.toString()))).isZero();
    return folder.resolve(name + "-" + version);
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  /** Returns the name of the format, the number of examples, and of findings by rule. */
  private static String seen(FileDataset<?> dataset) {
    ValidationReport report = validate(dataset);
    Map<String, Long> findings = new TreeMap<>();
    report.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .forEach(finding -> findings.merge(finding.ruleId(), 1L, Long::sum));
    return dataset.codec().name() + " " + report.examplesChecked() + " " + findings;
  }

  private static <E extends Example> ValidationReport validate(FileDataset<E> dataset) {
    return DatasetValidator.builder(dataset.exampleType())
        .minimumExamples(0)
        .build()
        .check(dataset);
  }

  @Test
  void theExamplesOfLlamaFactoryAreReadAsTheirDescriptionSays() throws Exception {
    Path data = unpacked("llamafactory", "0.9.5").resolve("data");
    DatasetInfo info = DatasetInfo.read(data.resolve("dataset_info.json"));

    Map<String, String> seen = new TreeMap<>();
    for (String name : info.files()) {
      try {
        seen.put(name, seen(info.open(name)));
      } catch (IllegalArgumentException e) {
        seen.put(name, "refused");
      }
    }

    assertThat(seen)
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("alpaca_en_demo", "alpaca 999 {}"),
                    Map.entry("alpaca_zh_demo", "alpaca 1000 {}"),
                    Map.entry("c4_demo", "refused"),
                    Map.entry("dpo_en_demo", "sharegpt-preference 300 {}"),
                    Map.entry("dpo_zh_demo", "sharegpt-preference 300 {}"),
                    Map.entry("glaive_toolcall_en_demo", "sharegpt 300 {}"),
                    // Two conversations have a result before any call.
                    Map.entry(
                        "glaive_toolcall_zh_demo", "sharegpt 300 {tool-result-without-call=2}"),
                    Map.entry("identity", "alpaca 91 {}"),
                    Map.entry("kto_en_demo", "unpaired-preference 300 {special-token=1}"),
                    // Their images, sounds and videos are files beside the data.
                    Map.entry("mllm_audio_demo", "sharegpt 3 {not-kept=3}"),
                    Map.entry("mllm_demo", "sharegpt 6 {not-kept=6}"),
                    Map.entry("mllm_video_audio_demo", "sharegpt 3 {not-kept=6}"),
                    Map.entry("mllm_video_demo", "sharegpt 3 {not-kept=3}"),
                    Map.entry("wiki_demo", "refused"))));
  }

  @Test
  void everyFileIsRecognizedByLooking() throws Exception {
    Path data = unpacked("llamafactory", "0.9.5").resolve("data");

    Map<String, String> seen = new TreeMap<>();
    try (Stream<Path> files = Files.list(data)) {
      for (Path file :
          files
              .filter(each -> each.toString().matches(".*(demo|identity|_50)\\.jsonl?"))
              .toList()) {
        DetectedFile found = Datasets.open(file);
        seen.put(
            String.valueOf(file.getFileName()),
            found.codec().map(ExampleCodec::name).orElse("none") + " " + found.certainty());
      }
    }

    assertThat(seen)
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("alpaca_en_demo.json", "alpaca CERTAIN"),
                    Map.entry("alpaca_zh_demo.json", "alpaca CERTAIN"),
                    Map.entry("c4_demo.jsonl", "none UNKNOWN"),
                    Map.entry("dpo_en_demo.json", "sharegpt-preference CERTAIN"),
                    Map.entry("dpo_zh_demo.json", "sharegpt-preference CERTAIN"),
                    Map.entry("glaive_toolcall_en_demo.json", "sharegpt CERTAIN"),
                    Map.entry("glaive_toolcall_zh_demo.json", "sharegpt CERTAIN"),
                    Map.entry("identity.json", "alpaca CERTAIN"),
                    Map.entry("kto_en_demo.json", "unpaired-preference CERTAIN"),
                    Map.entry("mllm_audio_demo.json", "openai-chat LIKELY"),
                    Map.entry("mllm_demo.json", "openai-chat LIKELY"),
                    Map.entry("mllm_video_audio_demo.json", "openai-chat LIKELY"),
                    Map.entry("mllm_video_demo.json", "openai-chat LIKELY"),
                    Map.entry("reason_tool_use_demo_50.jsonl", "openai-chat LIKELY"),
                    Map.entry("v1_dpo_demo.jsonl", "chosen-rejected CERTAIN"),
                    Map.entry("v1_sft_demo.jsonl", "openai-chat CERTAIN"))));
  }

  @Test
  void theFixturesOfAxolotlAreRead() throws Exception {
    Path data = unpacked("axolotl", "0.19.0").resolve("tests/fixtures");

    assertThat(seen(Datasets.open(data.resolve("alpaca/alpaca.json")).dataset()))
        .isEqualTo("alpaca 2 {}");
    // One object over many lines; as one line it is a conversation.
    for (String name : List.of("conversation.json", "conversation.missingturns.json")) {
      assertThat(Datasets.open(data.resolve(name)).explanation())
          .startsWith("It is one JSON object over several lines");
      Path line =
          Files.writeString(
              folder.resolve(name), Json.write(Json.parse(Files.readString(data.resolve(name)))));
      assertThat(seen(Datasets.open(line).dataset()))
          .isEqualTo("sharegpt 1 " + (name.contains("missing") ? "{empty-content=1}" : "{}"));
    }
  }
}
