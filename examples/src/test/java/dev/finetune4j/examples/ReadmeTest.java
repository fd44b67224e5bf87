package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is the tagged region of an example, to the letter. */
final class ReadmeTest {

  @Test
  void theReadmesCodeStandsInAnExample() throws Exception {
    String example =
        Files.readString(Path.of("src/main/java/dev/finetune4j/examples/FineTuneAndEvaluate.java"));
    String region = between(example, "// tag::readme[]\n", "    // end::readme[]").indent(-4);

    String shown = between(Files.readString(Path.of("../README.md")), "```java\n", "```");

    assertThat(shown).isEqualTo(region);
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
