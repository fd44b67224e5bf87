package dev.finetune4j.huggingface.internal.autotrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AutoTrainRecipeTest {
  private static final Dataset<ChatExample> CHATS =
      Dataset.of(
          "chats",
          ChatExample.class,
          List.of(ChatExample.of(Message.user("2 + 2 = ?"), Message.assistant("4"))));
  private static final Dataset<PreferenceExample> PAIRS =
      Dataset.of(
          "pairs",
          PreferenceExample.class,
          List.of(
              PreferenceExample.of(
                  List.of(Message.user("2 + 2 = ?")),
                  Message.assistant("4"),
                  Message.assistant("5"))));

  @Test
  void supervisedRequestsWriteAllRelevantDefaults() {
    String yaml = yaml(chats().build(), 100_000);

    assertThat(yaml)
        .isEqualTo(
            """
            task: llm-sft
            base_model: base
            project_name: result
            log: none
            backend: local
            data:
              path: ../data
              train_split: train
              valid_split: null
              chat_template: tokenizer
              column_mapping:
                text_column: messages
            params:
              block_size: 1024
              model_max_length: 2048
              epochs: 3
              batch_size: 8
              gradient_accumulation: 1
              lr: 2.0E-4
              scheduler: cosine
              warmup_ratio: 0.03
              logging_steps: 1
              padding: right
              mixed_precision: null
              quantization: null
              peft: true
              lora_r: 16
              lora_alpha: 32
              lora_dropout: 0.0
              target_modules: all-linear
            """);
  }

  @Test
  void smallDataSetsGetShorterBlocks() {
    assertThat(yaml(chats().build(), 1_100)).contains("block_size: 64\n");
    assertThat(yaml(chats().build(), 1)).contains("block_size: 32\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dpo", "orpo", "reward"})
  void theOptionSelectsThePreferenceTrainer(String trainer) {
    String yaml = yaml(pairs().providerOption("trainer", trainer).build(), 10);

    assertThat(yaml)
        .contains("task: llm-" + trainer, "text_column: chosen", "rejected_text_column: rejected")
        .contains("block_size: 1024");
    assertThat(yaml.contains("prompt_text_column")).isEqualTo(!trainer.equals("reward"));
  }

  @Test
  void aBetaIsOfDpoOnly() {
    PreferenceTraining method = PreferenceTraining.withDefaults().withBeta(0.3);
    FineTuningRequest.Builder<PreferenceExample> request =
        FineTuningRequest.builder("base", method, PAIRS);

    assertThat(yaml(request.build(), 10)).contains("dpo_beta: 0.3");
    assertThatThrownBy(() -> yaml(request.providerOption("trainer", "orpo").build(), 10))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("Only dpo supports beta");
  }

  @Test
  void aFullUpdateHasNoAdapter() {
    SupervisedTraining full =
        SupervisedTraining.withDefaults().withWeightUpdate(WeightUpdate.full());

    String yaml = yaml(FineTuningRequest.builder("base", full, CHATS).build(), 10);

    assertThat(yaml).contains("peft: false", "lr: 2.0E-5").doesNotContain("lora");
  }

  @Test
  void anUnknownOptionIsRefusedWithTheNearestName() {
    assertThatThrownBy(() -> yaml(chats().providerOption("epoch", 2).build(), 10))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("no key \"params.epoch\"")
        .hasMessageContaining("the nearest is \"epochs\"");
  }

  @Test
  void seedsAreRefusedBecauseAutoTrainIgnoresThem() {
    assertThatThrownBy(() -> yaml(chats().seed(7).build(), 10))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("always uses 42");
  }

  @Test
  void pairsBecomeCompleteConversations(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("train.jsonl");

    AutoTrainData.write(file, PAIRS);

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {"prompt":"2 + 2 = ?","chosen":[{"role":"user","content":"2 + 2 = ?"},{"role":"assistant","content":"4"}],"rejected":[{"role":"user","content":"2 + 2 = ?"},{"role":"assistant","content":"5"}]}
            """);
  }

  private static FineTuningRequest.Builder<ChatExample> chats() {
    return FineTuningRequest.builder("base", SupervisedTraining.withDefaults(), CHATS);
  }

  private static FineTuningRequest.Builder<PreferenceExample> pairs() {
    return FineTuningRequest.builder("base", PreferenceTraining.withDefaults(), PAIRS);
  }

  private static String yaml(FineTuningRequest request, long characters) {
    return AutoTrainYaml.write(AutoTrainRecipe.of(request, "base", characters));
  }
}
