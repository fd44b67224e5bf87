package dev.finetune4j.huggingface.internal.autotrain;

import dev.finetune4j.huggingface.internal.trl.NearestName;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that AutoTrain 0.8.36 reads in configurations of language models. AutoTrain only warns
 * about other keys and ignores them. Stateless.
 */
public final class AutoTrainKeys {
  /** Keys of the top level. */
  public static final Set<String> TOP =
      Set.of("task", "base_model", "project_name", "log", "backend", "data", "params", "hub");

  /** Keys of the data. */
  public static final Set<String> DATA =
      Set.of("path", "train_split", "valid_split", "chat_template", "column_mapping");

  /** Keys of the column mapping. */
  public static final Set<String> COLUMNS =
      Set.of("text_column", "rejected_text_column", "prompt_text_column");

  /** Keys of the Hub repository. */
  public static final Set<String> HUB = Set.of("username", "token", "push_to_hub");

  /** Keys of the training parameters. */
  public static final Set<String> PARAMS =
      Set.of(
          "add_eos_token",
          "auto_find_batch_size",
          "batch_size",
          "block_size",
          "disable_gradient_checkpointing",
          "distributed_backend",
          "dpo_beta",
          "epochs",
          "eval_strategy",
          "gradient_accumulation",
          "logging_steps",
          "lora_alpha",
          "lora_dropout",
          "lora_r",
          "lr",
          "max_completion_length",
          "max_grad_norm",
          "max_prompt_length",
          "merge_adapter",
          "mixed_precision",
          "model_max_length",
          "model_ref",
          "optimizer",
          "padding",
          "peft",
          "quantization",
          "save_total_limit",
          "scheduler",
          "seed",
          "target_modules",
          "unsloth",
          "use_flash_attention_2",
          "warmup_ratio",
          "weight_decay");

  /**
   * Keys that {@code params} must not repeat, because they would override the key in its own place.
   */
  static final Map<String, String> ELSEWHERE =
      Map.of(
          "model", "base_model",
          "project_name", "project_name",
          "data_path", "data.path",
          "train_split", "data.train_split",
          "valid_split", "data.valid_split",
          "trainer", "task",
          "log", "log",
          "chat_template", "data.chat_template",
          "push_to_hub", "hub.push_to_hub",
          "token", "hub.token");

  private AutoTrainKeys() {}

  /**
   * Checks the keys of one part.
   *
   * @param part the name of the part in the file; empty for the top level
   * @throws dev.finetune4j.error.InvalidRequestException if one is unknown; names the nearest
   */
  public static void require(String part, Set<String> found, Set<String> known) {
    for (String key : new TreeSet<>(found)) {
      String place = part.isEmpty() ? key : part + "." + key;
      if (known.contains(key)) {
        continue;
      }
      if (part.equals("params") && ELSEWHERE.containsKey(key)) {
        throw TrlErrors.invalid(
            "\"" + place + "\" is in the wrong place; write it as \"" + ELSEWHERE.get(key) + "\".");
      }
      throw TrlErrors.invalid(
          "AutoTrain has no key \""
              + place
              + "\" for language models; the nearest is \""
              + NearestName.of(key, known)
              + "\".");
    }
  }
}
