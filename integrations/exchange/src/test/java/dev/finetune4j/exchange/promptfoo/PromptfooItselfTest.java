package dev.finetune4j.exchange.promptfoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.grading.spec.TextMetric;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real promptfoo loads and runs what is written for it. */
@Tag("python")
final class PromptfooItselfTest {
  private static final Path EXPORT = Path.of("src/test/resources/promptfoo/evals-export.yaml");
  private static final String ANSWERING =
      """
      module.exports = class {
        id() { return 'always'; }
        async callApi(prompt) { return { output: JSON.parse(prompt).at(-1).content }; }
      };
      """;
  @TempDir private Path folder;
  private InstalledPromptfoo promptfoo;

  @BeforeEach
  void install() throws Exception {
    promptfoo = new InstalledPromptfoo(folder);
    Files.writeString(folder.resolve("always.js"), ANSWERING);
  }

  @Test
  void anExportOfOursIsValidAndGradedAlike() throws Exception {
    Dataset<PromptExample> data =
        Dataset.of(
            "hard texts",
            PromptExample.class,
            List.of(
                example("yes", "yes"),
                example("2024-05-01", "2024-05-02"),
                example("a {{b}} {% if %} \"c\"\n- d: #e", "a {{b}} {% if %} \"c\"\n- d: #e"),
                example("{\"k\": [1]}", "no"),
                example("file://x.txt", "file://x.txt")));
    PromptfooExport export =
        PromptfooExport.builder(data)
            .grader(GraderSpec.exactMatch("exact", "answer"))
            .grader(
                new GraderSpec.TextSimilarity(
                    "near",
                    GraderSpec.ANSWER_TEXT,
                    GraderSpec.item("answer"),
                    TextMetric.BLEU,
                    OptionalDouble.of(0)))
            .provider("file://always.js")
            .build();
    export.writeTo(folder.resolve("ours.yaml"));

    String verdict = promptfoo.run("validate", "config", "-c", "ours.yaml");
    promptfoo.run("eval", "-c", "ours.yaml", "--no-cache", "--no-progress-bar", "-o", "out.json");

    assertThat(verdict).contains("valid");
    assertThat(scores("out.json", "exact")).containsExactly(1.0, 0.0, 1.0, 0.0, 1.0);
    EvaluationReport here =
        Evaluation.builder(data)
            .grader(
                "exact", LocalGraders.withoutJudges().of(GraderSpec.exactMatch("exact", "answer")))
            .build()
            .run("always", request -> ChatResponse.of(request.messages().get(0).text()));
    assertThat(here.samples())
        .extracting(s -> s.score("exact"))
        .containsExactly(1.0, 0.0, 1.0, 0.0, 1.0);
  }

  @Test
  void aConfigurationThatIsReadAndWrittenBackRunsAsBefore() throws Exception {
    PromptfooConfiguration configuration = PromptfooConfiguration.read(EXPORT);
    String own =
        configuration
            .toYaml()
            .replaceAll(
                "(?s)providers:.*?defaultTest", "providers: [file://always.js]\ndefaultTest");
    Files.writeString(folder.resolve("before.yaml"), own);
    PromptfooConfiguration.read(folder.resolve("before.yaml"))
        .writeTo(folder.resolve("after.yaml"));
    PromptfooConfiguration.read(folder.resolve("before.yaml"))
        .writeTo(folder.resolve("after.json"));

    for (String name : List.of("before.yaml", "after.yaml", "after.json")) {
      promptfoo.run(
          "eval", "-c", name, "--no-cache", "--no-progress-bar", "-o", name + ".out.json");
    }

    Object before = Json.parse(results("before.yaml.out.json"));
    assertThat(String.valueOf(before)).contains("My monitor");
    assertThat(Json.parse(results("after.yaml.out.json"))).isEqualTo(before);
    assertThat(promptfoo.run("validate", "config", "-c", "after.yaml")).contains("valid");
  }

  @Test
  void whatPromptfooExportsItselfRoundTrips() throws Exception {
    Files.writeString(
        folder.resolve("own.yaml"),
        PromptfooConfiguration.read(EXPORT)
            .toYaml()
            .replaceAll(
                "(?s)providers:.*?defaultTest", "providers: [file://always.js]\ndefaultTest"));
    promptfoo.run("eval", "-c", "own.yaml", "--no-cache", "--no-progress-bar", "-o", "own.json");
    promptfoo.run("export", "eval", "latest", "-o", "export.json");
    JsonObject exported =
        Json.parseObject(Files.readString(folder.resolve("export.json"))).requireObject("config");
    Files.writeString(folder.resolve("exported.json"), exported.toString());

    PromptfooSuite suite = PromptfooSuite.read(folder.resolve("exported.json"));
    suite.configuration().writeTo(folder.resolve("again.yaml"));
    suite.configuration().writeTo(folder.resolve("again.json"));
    promptfoo.run("eval", "-c", "again.yaml", "--no-cache", "--no-progress-bar", "-o", "y.json");

    // promptfoo loses the date without quotes, so only the file that it read names it.
    assertThat(suite.findings())
        .isEqualTo(
            PromptfooSuite.read(EXPORT).findings().stream()
                .filter(finding -> !finding.rule().equals("date-not-quoted"))
                .toList());
    assertThat(suite.dataset().size()).isEqualTo(PromptfooSuite.read(EXPORT).dataset().size());
    assertThat(Json.parseObject(Files.readString(folder.resolve("again.json"))).asMap())
        .isEqualTo(exported.asMap());
    assertThat(Json.parse(results("y.json"))).isEqualTo(Json.parse(results("own.json")));
  }

  @Test
  void resultsOfOursAreImported() throws Exception {
    Dataset<PromptExample> data =
        Dataset.of("d", PromptExample.class, List.of(example("a", "a"), example("b", "c")));
    EvaluationReport report =
        Evaluation.builder(data)
            .grader("exact", Graders.exact())
            .build()
            .run("echo", request -> ChatResponse.of(request.messages().get(0).text()));
    PromptfooResults.write(folder.resolve("results.json"), List.of(report));

    promptfoo.run("import", "results.json", "--new-id");
    String list = promptfoo.run("export", "eval", "latest", "-o", "again.json");

    assertThat(list).isNotBlank();
    assertThat(Files.readString(folder.resolve("again.json"))).contains("finetune4j:echo");
  }

  private static PromptExample example(String asked, String answer) {
    return new PromptExample(
        List.of(Message.user(asked)), Map.of("answer", ReferenceValue.text(answer)), List.of());
  }

  private List<Double> scores(String file, String metric) throws Exception {
    return rows(file).stream()
        .map(row -> row.requireObject("namedScores").requireDouble(metric))
        .toList();
  }

  /** What a run found, without times and ids. */
  private String results(String file) throws Exception {
    return Json.write(
        rows(file).stream()
            .map(
                row ->
                    JsonObject.empty()
                        .put("vars", row.requireObject("vars"))
                        .put("score", row.requireDouble("score"))
                        .put("output", row.requireObject("response").requireString("output"))
                        .asMap())
            .toList());
  }

  private List<JsonObject> rows(String file) throws Exception {
    return Json.parseObject(Files.readString(folder.resolve(file)))
        .requireObject("results")
        .objects("results");
  }
}
