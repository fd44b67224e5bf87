package dev.finetune4j.huggingface.internal.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.TextMetric;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.LearningRateSchedule;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.ReinforcementTraining;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrlRecipeTest {

  @Test
  void theDefaultIsALowRankAdapterOnAllLinearLayers() {
    FineTuningRequest request = supervised(SupervisedTraining.withDefaults()).build();

    String recipe = TrlRecipe.of(request, "org/base").toString();

    assertThat(recipe)
        .isEqualTo(
            "{\"trainer\":\"sft\",\"model\":\"org/base\",\"arguments\":{\"num_train_epochs\":3,"
                + "\"per_device_train_batch_size\":8,\"gradient_accumulation_steps\":1,"
                + "\"learning_rate\":2.0E-4,\"lr_scheduler_type\":\"cosine\",\"warmup_steps\":0.03,"
                + "\"save_steps\":50,\"seed\":42,\"max_length\":1024,\"completion_only_loss\":true,"
                + "\"packing\":false},\"lora\":{\"r\":16,\"lora_alpha\":32.0,\"lora_dropout\":0.0,"
                + "\"target_modules\":\"all-linear\"}}");
  }

  @Test
  void everyHyperparameterIsMapped() {
    Hyperparameters all =
        Hyperparameters.builder()
            .epochs(2)
            .batchSize(4)
            .gradientAccumulationSteps(5)
            .learningRate(LearningRate.absolute(1e-3))
            .schedule(LearningRateSchedule.CONSTANT)
            .warmupFraction(1)
            .weightDecay(0.1)
            .maximumGradientNorm(0.3)
            .maximumSequenceTokens(99)
            .earlyStopPatience(3)
            .build();
    SupervisedTraining method =
        new SupervisedTraining(all, new WeightUpdate.LowRank(4, 9, 0.1, List.of("q_proj")));

    String recipe = TrlRecipe.of(supervised(method).seed(7).build(), "org/base").toString();

    assertThat(recipe)
        .isEqualTo(
            "{\"trainer\":\"sft\",\"model\":\"org/base\",\"arguments\":{\"num_train_epochs\":2,"
                + "\"per_device_train_batch_size\":4,\"gradient_accumulation_steps\":5,"
                + "\"learning_rate\":0.001,\"lr_scheduler_type\":\"constant_with_warmup\","
                + "\"warmup_steps\":0.999999,\"save_steps\":50,\"seed\":7,\"weight_decay\":0.1,"
                + "\"max_grad_norm\":0.3,\"max_length\":99,\"completion_only_loss\":true,"
                + "\"packing\":false,\"eval_strategy\":\"epoch\",\"save_strategy\":\"epoch\","
                + "\"load_best_model_at_end\":true,\"metric_for_best_model\":\"eval_loss\","
                + "\"greater_is_better\":false},\"lora\":{\"r\":4,\"lora_alpha\":9.0,"
                + "\"lora_dropout\":0.1,\"target_modules\":[\"q_proj\"]},"
                + "\"early_stop_patience\":3}");
  }

  @Test
  void aFullUpdateHasNoAdapterAndLearnsTenTimesSlower() {
    SupervisedTraining full =
        SupervisedTraining.withDefaults().withWeightUpdate(WeightUpdate.full());

    String recipe = TrlRecipe.of(supervised(full).build(), "org/base").toString();

    assertThat(recipe).doesNotContain("lora").contains("\"learning_rate\":2.0E-5");
  }

  @Test
  void preferencesAreTrainedByDpoWithBeta() {
    PreferenceExample pair =
        PreferenceExample.of(
            List.of(Message.user("?")), Message.assistant("a"), Message.assistant("b"));
    FineTuningRequest request =
        FineTuningRequest.builder(
                "org/base",
                PreferenceTraining.withDefaults().withBeta(0.2),
                Dataset.of("pairs", PreferenceExample.class, List.of(pair)))
            .build();

    String recipe = TrlRecipe.of(request, "org/base").toString();

    assertThat(recipe)
        .contains("\"trainer\":\"dpo\"", "\"beta\":0.2", "\"learning_rate\":1.0E-5")
        .doesNotContain("completion_only_loss");
  }

  @Test
  void textComparisonsCanBeRewards() {
    String recipe =
        TrlRecipe.of(towards(GraderSpec.exactMatch("exact", "answer")), "org/base").toString();

    assertThat(recipe)
        .contains("\"trainer\":\"grpo\"", "\"type\":\"string_check\"", "\"operation\":\"eq\"");
  }

  @Test
  void theNumberOfAnswersDividesTheBatchSize() {
    assertThat(answersPerPrompt(8)).isEqualTo(8);
    assertThat(answersPerPrompt(4)).isEqualTo(4);
    assertThat(answersPerPrompt(9)).isEqualTo(3);
    assertThatThrownBy(() -> answersPerPrompt(1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("compares 2 to 8 answers per prompt, but a batch of 1");
  }

  @Test
  void unsupportedPartsAndInvalidFormulasAreRefused() {
    GraderSpec exact = GraderSpec.exactMatch("exact", "answer");
    GraderSpec similar = GraderSpec.similarity("like", "answer", TextMetric.FUZZY_MATCH);

    assertThatThrownBy(() -> several(Map.of("a", exact, "b", similar), "a + b"))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("reinforcement with a grader of type TextSimilarity");
    assertThatThrownBy(() -> several(Map.of("a", exact), "a + c"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("\"both\" cannot be used as a reward")
        .hasMessageContaining("names [c]");
  }

  @Test
  void unsupportedGradersAreRefused() {
    GraderSpec similar = GraderSpec.similarity("like", "answer", TextMetric.FUZZY_MATCH);

    assertThatThrownBy(() -> TrlRecipe.of(towards(similar), "org/base"))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("reinforcement with a grader of type TextSimilarity");
  }

  @Test
  void optionsOverrideTheRecipe() {
    FineTuningRequest request =
        supervised(SupervisedTraining.withDefaults())
            .providerOption("packing", true)
            .providerOption("checkpoint_steps", 5)
            .providerOption("use_rslora", true)
            .providerOption("attn_implementation", "sdpa")
            .providerOption("load_in_4bit", true)
            .providerOption("merge", true)
            .build();

    String recipe = TrlRecipe.of(request, "org/base").toString();

    assertThat(recipe)
        .contains(
            "\"packing\":true",
            "\"save_steps\":5",
            "\"use_rslora\":true",
            "\"model_arguments\":{\"attn_implementation\":\"sdpa\"}",
            "\"quantization\":{\"load_in_4bit\":true}",
            "\"merge\":true");
  }

  @Test
  void anUnknownOptionIsRefusedWithTheNearestName() {
    assertThatThrownBy(() -> recipeWith("gradient_checkpoint"))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("The nearest is \"gradient_checkpointing\".");
  }

  @Test
  void anOptionOfAnOlderTrlIsRefusedWithItsCurrentName() {
    assertThatThrownBy(() -> recipeWith("max_seq_length"))
        .hasMessageContaining("It is now called \"max_length\".");
  }

  @Test
  void optionsThatTheLibraryControlsAreRefusedWithTheReason() {
    assertThatThrownBy(() -> recipeWith("hub_token")).hasMessageContaining("Set HF_TOKEN");
  }

  @Test
  void quantizedWeightsRequireAnAdapter() {
    FineTuningRequest request =
        supervised(SupervisedTraining.withDefaults().withWeightUpdate(WeightUpdate.full()))
            .providerOption("load_in_4bit", true)
            .build();

    assertThatThrownBy(() -> TrlRecipe.of(request, "org/base"))
        .hasMessageContaining("\"load_in_4bit\" with a full update");
  }

  private static void several(Map<String, GraderSpec> parts, String formula) {
    TrlRecipe.of(towards(new GraderSpec.Multi("both", parts, formula)), "org/base");
  }

  private static long answersPerPrompt(int batch) {
    ReinforcementTraining method =
        new ReinforcementTraining(
            Hyperparameters.builder().batchSize(batch).build(),
            WeightUpdate.providerChosen(),
            GraderSpec.exactMatch("exact", "answer"));
    return TrlRecipe.of(
            FineTuningRequest.builder("org/base", method, prompts()).build(), "org/base")
        .requireObject("arguments")
        .requireLong("num_generations");
  }

  private static Dataset<PromptExample> prompts() {
    return Dataset.of(
        "prompts", PromptExample.class, List.of(PromptExample.of(List.of(Message.user("?")), "4")));
  }

  private static void recipeWith(String option) {
    TrlRecipe.of(
        supervised(SupervisedTraining.withDefaults()).providerOption(option, 1).build(),
        "org/base");
  }

  private static FineTuningRequest towards(GraderSpec grader) {
    return FineTuningRequest.builder("org/base", ReinforcementTraining.towards(grader), prompts())
        .build();
  }

  private static FineTuningRequest.Builder<?> supervised(SupervisedTraining method) {
    return FineTuningRequest.builder("org/base", method, Requests.sums());
  }
}
