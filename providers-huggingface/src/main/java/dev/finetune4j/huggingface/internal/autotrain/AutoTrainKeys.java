package dev.finetune4j.huggingface.internal.autotrain;

import dev.finetune4j.huggingface.internal.trl.NearestName;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that AutoTrain 0.8.36 reads in a configuration of language models, part by part.
 * AutoTrain itself only warns of others, and trains without them. Stateless.
 */
public final class AutoTrainKeys {
  /** The first level. */
  public static final Set<String> TOP =
      Set.of("task", "base_model", "project_name", "log", "backend", "data", "params", "hub");

  /** Where the examples are. */
  public static final Set<String> DATA =
      Set.of("path", "train_split", "valid_split", "chat_template", "column_mapping");

  /** Which columns they have. */
  public static final Set<String> COLUMNS =
      Set.of("text_column", "rejected_text_column", "prompt_text_column");

  /** Where the result goes. */
  public static final Set<String> HUB = Set.of("username", "token", "push_to_hub");

  /** How it is trained. */
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

  /** What {@code params} could say again, and must not: it would win over its own place. */
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
   * @param part what the part is called in the file; empty for the first level
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
            "\""
                + place
                + "\" belongs to another place: write it as \""
                + ELSEWHERE.get(key)
                + "\".");
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
