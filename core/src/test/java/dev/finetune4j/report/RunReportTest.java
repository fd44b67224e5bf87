package dev.finetune4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.workflow.WorkflowResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunReportTest {
  private static final String HOSTILE =
      "<script>alert(1)</script>\"'><img src=x onerror=alert(2)></pre></table>&amp;|`*_#[a](b)"
          + "\u202e\u0000</style><!--";

  @TempDir Path directory;

  @Test
  void theVerdictComesFirst() {
    String html = RunReport.of(ExampleRun.good()).html();

    assertThat(html).containsSubsequence("<h1>", "Yes: use the tuned model.", "<h2>Quality</h2>");
    assertThat(RunReport.of(ExampleRun.useless()).html())
        .contains("No: keep &quot;nearest few-shot (4)&quot;.");
    assertThat(RunReport.of(ExampleRun.unsettled()).html())
        .contains("Undecided: the test data are not sufficient.")
        .containsPattern("About \\d+ test examples in total would probably settle the question.");
  }

  @Test
  void thePageHasEverySection() {
    String html = RunReport.of(ExampleRun.good()).withCommand("mvn -q -P example").html();

    assertThat(html)
        .contains("<h2>What was planned</h2>", "Planned: 100 test examples")
        .contains("<h2>Cost: forecast and actual</h2>", "3.50 USD", "3.12 USD")
        .contains("<h2>Training</h2>", "Training loss went from ", "LoRA of rank 16")
        .contains("<h2>Tokens and time per request</h2>", "<h2>Answers side by side</h2>")
        .contains("near-duplicate", "4,730 tokens in 50 examples")
        .contains("mvn -q -P example", "<td class=\"words\" data-label=\"Value\">17</td>");
  }

  @Test
  void thePageLoadsNothingExternal() {
    String html = RunReport.of(ExampleRun.good()).html();

    assertThat(html)
        .contains("default-src 'none'".replace("'", "&#39;"))
        .doesNotContainPattern("<(script|link|img|iframe|object|embed|base|form)\\b")
        .doesNotContainPattern("\\b(src|href|action|srcset)\\s*=")
        .doesNotContain("@import", "url(", "http:", "https:");
  }

  @Test
  void hostileTextIsEscapedInHtml() {
    String plain = RunReport.of(ExampleRun.spiced("")).html();

    String html = RunReport.of(ExampleRun.spiced(HOSTILE)).html();

    assertThat(html)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script", "<img", "<!--", "\u0000");
    // The page has the same number of each element, so no input became markup. Only the marked
    // differences between answers depend on the words.
    assertThat(elements(html)).isEqualTo(elements(plain));
  }

  @Test
  void hostileTextIsEscapedInMarkdown() {
    String markdown = RunReport.of(ExampleRun.spiced(HOSTILE)).markdown();

    String outsideOfFences =
        Pattern.compile("(?ms)^(```+)\n.*?\n\\1$").matcher(markdown).replaceAll("");
    assertThat(outsideOfFences)
        .contains("&lt;script&gt;")
        .doesNotContain("<script", "<img")
        .doesNotContainPattern("(?<!\\\\)[\\]`*_|]\\(b")
        .doesNotContainPattern("(?m)^#[^# ]");
  }

  @Test
  void everyElementIsClosedInOrder() {
    String html = RunReport.of(ExampleRun.spiced(HOSTILE)).html();

    ArrayDeque<String> open = new ArrayDeque<>();
    Matcher tags = Pattern.compile("<(/?)([a-z][a-z0-9]*)").matcher(html);
    while (tags.find()) {
      if (tags.group(1).isEmpty()) {
        if (!tags.group(2).equals("meta")) {
          open.push(tags.group(2));
        }
      } else {
        assertThat(open.pop()).isEqualTo(tags.group(2));
      }
    }

    assertThat(open).isEmpty();
  }

  @Test
  void chartsHaveTextualDescriptions() {
    String html = RunReport.of(ExampleRun.good()).html();

    assertThat(count(html, "<svg ")).isEqualTo(count(html, "role=\"img\"")).isPositive();
    assertThat(count(html, "<desc ")).isEqualTo(count(html, "<svg "));
    // A wrong figure would appear as NaN.
    assertThat(html).doesNotContain("NaN", "Infinity");
  }

  @Test
  void theJsonHasVerdictScoresCostsLossesAndDurations() {
    WorkflowResult result = ExampleRun.good();

    JsonObject json = Json.parseObject(RunReport.of(result).json());

    assertThat(json.requireString("verdict")).isEqualTo("FINE_TUNE");
    assertThat(json.requireString("chosen")).isEqualTo("fine-tuned");
    assertThat(json.requireObject("comparison").requireDouble("pValue"))
        .isEqualTo(result.decision().comparison().pValue());
    assertThat(json.objects("alternatives")).hasSize(4);
    JsonObject score = json.objects("alternatives").get(3).objects("scores").get(0);
    assertThat(score.requireDouble("passRate"))
        .isEqualTo(result.tunedReport().score("exact").passRate());
    assertThat(score.requireObject("passInterval").requireDouble("low"))
        .isEqualTo(result.tunedReport().score("exact").passInterval().low());
    assertThat(json.requireObject("costs").requireObject("actual").findDecimal("amount"))
        .contains(new BigDecimal("3.21"));
    assertThat(json.objects("lossCurve")).hasSize(900);
    assertThat(json.objects("lossCurve").get(99).findDouble("validationLoss")).isPresent();
    assertThat(json.objects("durations")).hasSize(9);
    assertThat(json.requireObject("settings").requireString("Seed")).isEqualTo("17");
  }

  @Test
  void threeFilesAreWrittenAndTheHtmlPathIsReturned() {
    Path folder = directory.resolve("deep/report");

    Path page = RunReport.of(ExampleRun.good()).writeTo(folder);

    assertThat(page).hasFileName("report.html").isNotEmptyFile();
    assertThat(page.resolveSibling("report.md")).content().startsWith("# Did fine-tuning pay off?");
    assertThat(page.resolveSibling("report.json")).content().startsWith("{\n");
    assertThat(folder.toFile().list()).hasSize(3);
  }

  @Test
  void lossesAreShownBeforeWins() {
    String markdown = RunReport.of(ExampleRun.useless()).markdown();

    assertThat(markdown)
        .containsSubsequence(
            "### Worse than the baseline",
            "### Better than the baseline",
            "### Both wrong",
            "### Both right");
  }

  private static long count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1L;
  }

  private static Map<String, Long> elements(String html) {
    return Pattern.compile("</?(?!ins\\b|del\\b)[a-z][a-z0-9]*")
        .matcher(html)
        .results()
        .collect(Collectors.groupingBy(MatchResult::group, TreeMap::new, Collectors.counting()));
  }
}
