package dev.finetune4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.finetune4j.workflow.WorkflowResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the report in a real browser at phone and desktop widths, in light and dark mode. Leaves
 * screenshots in {@code target/report-screenshots}. Skipped if no Chromium is installed.
 */
@Tag("browser")
final class BrowserTest {
  private static final Path PICTURES = Path.of("target", "report-screenshots");
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  // Runs only in a copy of the page, since the report has no scripts and forbids them.
  private static final String PROBE =
      """
      <script>
      const wide = [...document.querySelectorAll('body *')].filter(e => {
        const box = e.getBoundingClientRect();
        return box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5);
      }).map(e => e.tagName + '.' + e.className);
      const small = [...document.querySelectorAll('svg text')].filter(e => {
        const box = e.getBoundingClientRect();
        return box.height > 0 && box.height < 11;
      }).length;
      const cut = [...document.querySelectorAll('svg')].flatMap(svg => {
        const frame = svg.getBoundingClientRect();
        return frame.width === 0 ? [] : [...svg.querySelectorAll('text')].filter(e => {
          const box = e.getBoundingClientRect();
          return box.right > frame.right + 1 || box.left < frame.left - 1;
        }).map(e => e.textContent);
      });
      const requests = performance.getEntriesByType('resource').map(e => e.name);
      document.title = JSON.stringify({width: innerWidth, wide, small, cut, requests});
      </script>
      """;

  private static final String CONTRAST =
      """
      <script>
      const rgb = text => text.match(/[\\d.]+/g).map(Number);
      const light = c => c.slice(0, 3).map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = e => {
        for (let at = e; at; at = at.parentElement) {
          const c = rgb(getComputedStyle(at).backgroundColor);
          if (c.length < 4 || c[3] > 0) return c;
        }
        return [255, 255, 255];
      };
      const faint = [...document.querySelectorAll('p,h1,h2,h3,h4,td,th,dd,dt,small,span,pre,ins,del,summary,figcaption')]
        .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
        .filter(e => {
          const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05) < 4.5;
        }).map(e => e.tagName + '.' + e.className);
      document.title = JSON.stringify([...new Set(faint)]);
      </script>
      """;

  @TempDir Path directory;

  @Test
  void nothingOverflowsOnAPhone() throws Exception {
    assertThat(probed(ExampleRun.good(), 390)).isEqualTo(clean(390));
    assertThat(probed(ExampleRun.unsettled(), 390)).isEqualTo(clean(390));
  }

  @Test
  void nothingOverflowsOnADesktop() throws Exception {
    assertThat(probed(ExampleRun.good(), 1280)).isEqualTo(clean(1280));
  }

  @Test
  void aDecisionWithEverySectionFitsAPhoneAndADesktop() throws Exception {
    String html = DecisionReportTest.full().html();

    assertThat(probed(html, 390)).isEqualTo(clean(390));
    assertThat(probed(html, 1280)).isEqualTo(clean(1280));
  }

  @Test
  void everyTextHasEnoughContrast() throws Exception {
    for (String colour : List.of("light", "dark")) {
      String faint = contrasts(DecisionReportTest.full().html(), colour);

      assertThat(faint).as(colour).isEqualTo("[]");
    }
  }

  @Test
  void thePageCanBePrintedToPdf() throws Exception {
    Path page = DecisionReportTest.full().writeTo(directory);
    Files.createDirectories(PICTURES);
    Path pdf = PICTURES.resolve("decision.pdf").toAbsolutePath();
    Files.deleteIfExists(pdf);

    browse(page, 1280, List.of("--print-to-pdf=" + pdf, "--no-pdf-header-footer"));

    assertThat(Files.readString(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF");
    assertThat(Files.size(pdf)).isBetween(20_000L, 2_000_000L);
    for (int width : List.of(390, 1280)) {
      browse(
          page,
          width,
          List.of(
              "--screenshot=" + PICTURES.resolve("decision-" + width + ".png").toAbsolutePath()));
    }
  }

  @Test
  void longWordsDoNotBreakThePage() throws Exception {
    WorkflowResult result = ExampleRun.spiced("<b>" + "unbreakable".repeat(40));

    assertThat(probed(result, 390)).doesNotContain("SECTION", "TABLE", "PRE", "MAIN");
  }

  @Test
  void screenshotsAreTakenInBothSizesAndModes() throws Exception {
    Path page = RunReport.of(ExampleRun.good()).withCommand("mvn -q -P example").writeTo(directory);
    Files.createDirectories(PICTURES);

    for (String colour : List.of("light", "dark")) {
      for (int width : List.of(390, 1280)) {
        Path picture = PICTURES.resolve(colour + "-" + width + ".png").toAbsolutePath();
        Files.deleteIfExists(picture);
        List<String> options = new ArrayList<>();
        options.add("--screenshot=" + picture);
        if (colour.equals("dark")) {
          options.add("--blink-settings=preferredColorScheme=0");
        }
        browse(page, width, options);

        assertThat(picture).isNotEmptyFile();
      }
    }
  }

  private static String clean(int width) {
    return "{\"width\":" + width + ",\"wide\":[],\"small\":0,\"cut\":[],\"requests\":[]}";
  }

  private String probed(WorkflowResult result, int width) throws Exception {
    return probed(RunReport.of(result).html(), width);
  }

  /** Returns the elements with a contrast below 4.5, the minimum of WCAG AA. */
  private String contrasts(String html, String colour) throws Exception {
    String open = html.replaceFirst("<meta http-equiv=[^>]*>", "");
    Path copy = directory.resolve("contrast.html");
    Files.writeString(copy, open.replace("</body>", CONTRAST + "</body>"));
    List<String> options = new ArrayList<>(List.of("--dump-dom"));
    if (colour.equals("dark")) {
      options.add("--blink-settings=preferredColorScheme=0");
    }
    Matcher title = Pattern.compile("<title>(.*?)</title>").matcher(browse(copy, 1280, options));
    assertThat(title.find()).isTrue();
    return title.group(1);
  }

  private String probed(String html, int width) throws Exception {
    String open = html.replaceFirst("<meta http-equiv=[^>]*>", "");
    Path copy = directory.resolve("probe.html");
    // A frame has exactly the given width, unlike the window of a headless browser.
    Files.writeString(copy, open.replace("</body>", PROBE + "</body>"));
    Path outer = directory.resolve("outer.html");
    Files.writeString(
        outer,
        "<!doctype html><title>waiting</title><iframe id=f src=probe.html style='border:0;width:"
            + width
            + "px;height:3000px'></iframe><script>f.onload="
            + "()=>document.title=f.contentDocument.title</script>");
    String dom = browse(outer, 1400, List.of("--dump-dom", "--allow-file-access-from-files"));
    Matcher title = Pattern.compile("<title>(.*?)</title>").matcher(dom);
    assertThat(title.find()).isTrue();
    return title.group(1).replace("&quot;", "\"");
  }

  private String browse(Path page, int width, List<String> options) throws Exception {
    Path profile = Files.createTempDirectory(directory, "profile");
    Path output = Files.createTempFile(directory, "output", ".txt");
    List<String> command = new ArrayList<>();
    command.add(browser());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--virtual-time-budget=5000",
            "--user-data-dir=" + profile,
            "--window-size=" + width + ",6000"));
    command.addAll(options);
    command.add(page.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static String browser() {
    String path = System.getenv().getOrDefault("PATH", "");
    String found =
        NAMES.stream()
            .flatMap(name -> Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse("");
    assumeTrue(!found.isEmpty(), "No Chromium is installed: " + NAMES);
    return found;
  }
}
