package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AutoTrainYamlOptionsTest {
  private static final Path SAMPLES = Path.of("../../shared/fixtures/huggingface/autotrain");
  private static final String GOOD =
      """
      task: llm-dpo
      base_model: HuggingFaceTB/SmolLM2-135M
      project_name: my-dpo
      log: tensorboard
      backend: local
      data:
        path: data
        train_split: train
        valid_split: null
        chat_template: chatml
        column_mapping:
          text_column: chosen
          rejected_text_column: rejected
          prompt_text_column: prompt
      params:
        lr: 3e-5
        peft: yes
        quantization: null
      hub:
        username: ${HF_USERNAME}
        token: ${HF_TOKEN}
        push_to_hub: false
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeData() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(
        folder.resolve("data/train.jsonl"), "{\"prompt\":\"a\",\"chosen\":[],\"rejected\":[]}\n");
  }

  @Test
  void filesKeepTheirContentWithAbsoluteFolders() throws IOException {
    AutoTrainYamlOptions file = read(GOOD);

    assertThat(file.task()).isEqualTo("llm-dpo");
    assertThat(file.baseModel()).isEqualTo("HuggingFaceTB/SmolLM2-135M");
    assertThat(file.toString())
        .contains(
            "path: " + folder.resolve("data"), "lr: 3.0E-5", "peft: true", "quantization: null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lr: 3e-5|learning_rte: 3e-5|no key \"params.learning_rte\"",
        "lr: 3e-5|batchsize: 2|the nearest is \"batch_size\"",
        "lr: 3e-5|chat_template: none|write it as \"data.chat_template\"",
        "log: tensorboard|logs: tensorboard|the nearest is \"log\"",
        "  valid_split: null|  # none|\"data.valid_split\" is missing; AutoTrain requires it, with the value null",
        "prompt_text_column: prompt|text_column: chosen|duplicate key text_column",
        "text_column: chosen|text_column: text|names the column \"text\"",
        "train_split: train|train_split: test|neither test.csv nor test.jsonl",
        "path: data|path: ./nowhere|neither a folder in",
        "token: ${HF_TOKEN}|token: hf_abcdef|a token in plain text",
        "project_name: my-dpo|project_name: my_dpo|letters, digits or hyphens",
        "task: llm-dpo|task: [llm|is not valid YAML",
      })
  void filesThatAutoTrainWouldMisreadAreRefusedWithAdvice(String good, String bad, String message) {
    assertThat(GOOD).contains(good);

    assertThatThrownBy(
            () -> read(GOOD.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"llm-dpo,text-classification,Use one of", "null,valid,with AutoTrain"})
  void unsupportedFilesAreRefused(String good, String bad, String message) {
    assertThatThrownBy(() -> read(GOOD.replaceFirst(good, bad)))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama32-1b-sft.yml",
        "llama3-8b-dpo-qlora.yml",
        "qwen.yml",
        "smollm2_orpo.yml",
        "llama3-8b-orpo-space.yml"
      })
  void sampleFilesOfAutoTrainAreRead(String name) {
    assumeTrue(Files.exists(SAMPLES), "the sample files are not on this machine");

    AutoTrainYamlOptions file = AutoTrainYamlOptions.read(SAMPLES.resolve(name));

    assertThat(file.task()).startsWith("llm-");
  }

  private AutoTrainYamlOptions read(String text) throws IOException {
    return AutoTrainYamlOptions.read(Files.writeString(folder.resolve("mine.yml"), text));
  }
}
