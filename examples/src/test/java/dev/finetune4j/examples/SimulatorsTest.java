package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.examples.console.ExampleArguments;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimulatorsTest {
  private static final Pattern CURL = Pattern.compile("curl -s (\\S+) -H '(\\S+): (.+)'");

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-4.1-mini-2025-04-14",
    "azure, gpt-4.1-mini-2025-04-14",
    "huggingface, a10g-large"
  })
  void theLineThatItPrintsForCurlWorks(String service, String expected) throws Exception {
    PipedOutputStream pipe = new PipedOutputStream();
    BufferedReader printed =
        new BufferedReader(
            new InputStreamReader(new PipedInputStream(pipe), StandardCharsets.UTF_8));
    Thread running = new Thread(() -> simulate(service, pipe, "60"));
    running.start();

    Matcher curl = CURL.matcher("");
    for (String line = printed.readLine(); !curl.reset(line).matches(); ) {
      line = printed.readLine();
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(curl.group(1)))
                    .header(curl.group(2), curl.group(3))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains(expected);
    running.interrupt();
    running.join();
  }

  @Test
  void itEndsAfterTheGivenSeconds() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    simulate("openai", printed, "1");

    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("0 requests answered");
  }

  private static void simulate(String service, OutputStream output, String seconds) {
    try (PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      Simulators.run(
          ExampleArguments.parse(
              new String[] {"--service", service, "--seconds", seconds}, "--service", "--seconds"),
          out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
