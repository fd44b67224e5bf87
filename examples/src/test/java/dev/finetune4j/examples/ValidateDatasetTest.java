package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateDatasetTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(String... args) {
    return ValidateDataset.run(args, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String chat(String question, String answer) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\""
        + question
        + "\"},{\"role\":\"assistant\",\"content\":\""
        + answer
        + "\"}]}\n";
  }

  private static String chats(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(chat("What is number " + i + "?", "It is " + i + "."));
    }
    return text.toString();
  }

  @Test
  void aSoundFileEndsWithZeroAndOneNote() throws IOException {
    write("good.jsonl", chats(12));

    int exit = run("good.jsonl", "--format", "openai-chat", "--directory", folder.toString());

    assertThat(exit).isZero();
    assertThat(printed())
        .isEqualTo(
            "good.jsonl: 12 examples checked, 1 finding\n"
                + "NOTE whole set [missing-system-message] None of the examples has a system"
                + " message. Nothing to do if your requests have none either.\n");
  }

  @Test
  void errorsEndWithOneAndStandInTheJsonFile() throws IOException {
    write("bad.jsonl", chats(10) + "{\"messages\":[]}\n");

    int exit = run("bad.jsonl", "--directory", folder.toString(), "--json", "findings.jsonl");

    assertThat(exit).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("findings.jsonl")))
        .contains(
            "{\"line\":11,\"path\":\"$.messages\",\"severity\":\"error\",\"rule\":\"empty-messages\","
                + "\"message\":\"The list of messages is empty.\",\"suggestion\":\"Fill it, or remove the"
                + " line.\"}\n");
  }

  @Test
  void leakageAndLongExamplesAreWarnedOf() throws IOException {
    write("training.jsonl", chats(11));
    write("test.jsonl", chat("what is number 3?", "It is 3."));

    int exit =
        run(
            "training.jsonl",
            "--directory",
            folder.toString(),
            "--against",
            "test.jsonl",
            "--model",
            "gpt-4o-mini",
            "--context",
            "18");

    assertThat(exit).isZero();
    assertThat(printed())
        .contains(
            "WARNING line 4 [leakage-normalised] The prompt differs at most in instructions, case or white"
                + " space from that of example 1 of test.jsonl.")
        .contains(
            "WARNING line 1 [over-context] The example has 22 tokens, 4 more than the limit of 18.");
  }

  @Test
  void everyFormatIsTakenByItsName() throws IOException {
    write("a.json", "[{\"instruction\":\"Add.\",\"input\":\"\",\"output\":\"\"}]");
    write("s.jsonl", "{\"conversations\":[{\"from\":\"human\",\"value\":\"Hi\"}]}\n");
    write("p.jsonl", "{\"prompt\":\"Hi\",\"completion\":5}\n");
    write("c.csv", "prompt,completion\nHi,\n");
    write(
        "f.jsonl",
        "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]},\"preferred_output\":"
            + "[{\"role\":\"assistant\",\"content\":\"A\"}],\"non_preferred_output\":"
            + "[{\"role\":\"assistant\",\"content\":\"A\"}]}\n");
    write("r.jsonl", "{\"messages\":[{\"role\":\"assistant\",\"content\":\"Hi\"}],\"x\":1}\n");
    String directory = folder.toString();

    assertThat(run("a.json", "--format", "alpaca", "--directory", directory)).isEqualTo(1);
    assertThat(run("s.jsonl", "--format", "sharegpt", "--directory", directory)).isEqualTo(1);
    assertThat(run("p.jsonl", "--format", "prompt-completion", "--directory", directory))
        .isEqualTo(1);
    assertThat(run("c.csv", "--format", "csv", "--directory", directory)).isEqualTo(1);
    assertThat(run("f.jsonl", "--format", "openai-preference", "--directory", directory))
        .isEqualTo(1);
    assertThat(run("r.jsonl", "--format", "openai-reinforcement", "--directory", directory))
        .isEqualTo(1);
    assertThat(printed())
        .contains("ERROR line 1 at $.output [empty-content]")
        .contains("ERROR line 1 at $.conversations [missing-assistant-message]")
        .contains("ERROR line 1 at $.completion [invalid-record]")
        .contains("ERROR line 2 at $.completion [empty-content]")
        .contains("ERROR line 1 at $.non_preferred_output [equal-pair]")
        .contains("ERROR line 1 at $.messages[0] [last-message-not-user]");
  }

  @Test
  void helpAndMistakesAreAnsweredWithTheUsage() {
    assertThat(run("--help")).isZero();
    assertThat(run("a.jsonl", "--colour", "red")).isEqualTo(2);
    assertThat(run(folder.resolve("absent.jsonl").toString())).isEqualTo(2);
    assertThat(printed()).contains("Not understood: --colour").contains("Cannot read ");
  }
}
