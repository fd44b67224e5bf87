package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The example with a fake AutoTrain; the runner around it is the real one. */
@DisabledOnOs(OS.WINDOWS)
final class AutoTrainFromYamlTest {
  private static final Path STAND_IN =
      Path.of("../providers-huggingface/src/test/python/fake_autotrain.py").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void aFileIsTrainedAndFoundAgain() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    FineTuningJob first = AutoTrainFromYaml.run(arguments(), out);
    FineTuningJob second = AutoTrainFromYaml.run(arguments(), out);

    assertThat(first.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(second.reference()).isEqualTo(first.reference());
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("task: llm-sft", "The result is in");
  }

  private ExampleArguments arguments() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/train.jsonl"), "{\"messages\":[]}\n");
    Path config = folder.resolve("mine.yml");
    Files.writeString(
        config,
        """
        task: llm-sft
        base_model: HuggingFaceTB/SmolLM2-135M
        project_name: mine
        log: none
        backend: local
        data:
          path: data
          train_split: train
          valid_split: null
          chat_template: tokenizer
          column_mapping: {text_column: messages}
        params: {epochs: 1, peft: true, quantization: null}
        """);
    return ExampleArguments.parse(
        new String[] {
          "--config", config.toString(),
          "--python", python().toString(),
          "--directory", folder.resolve("runs").toString()
        },
        "--config",
        "--python",
        "--directory");
  }

  private Path python() throws IOException {
    Path interpreter = folder.resolve("python");
    if (!Files.exists(interpreter)) {
      Files.writeString(
          interpreter,
          """
          #!/bin/sh
          case "$1 $2" in
            "-m autotrain.cli.autotrain") shift 2; exec python3 "%s" "$@";;
          esac
          exec python3 "$@"
          """
              .formatted(STAND_IN));
      assertThat(interpreter.toFile().setExecutable(true)).isTrue();
    }
    return interpreter;
  }
}
