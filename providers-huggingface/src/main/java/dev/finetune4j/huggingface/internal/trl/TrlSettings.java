package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.error.UnsupportedCapabilityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The setting names that callers may use as provider options, by trainer, for the pinned version of
 * TRL. Immutable and thread-safe.
 *
 * <p>The runner checks them again against the installed version before training, because a given
 * interpreter may have another one.
 */
final class TrlSettings {
  private static final String TABLE = "settings-1.16.properties";

  /** Old names of settings and their current names; empty for removed settings. */
  private static final Map<String, String> FORMER =
      Map.ofEntries(
          Map.entry("max_seq_length", "max_length"),
          Map.entry("evaluation_strategy", "eval_strategy"),
          Map.entry("torch_dtype", "dtype"),
          Map.entry("warmup_ratio", "warmup_steps"),
          Map.entry("no_cuda", "use_cpu"),
          Map.entry("dpo_beta", "beta"),
          Map.entry("group_by_length", "train_sampling_strategy"),
          Map.entry("use_bnb_nested_quant", "bnb_4bit_use_double_quant"),
          Map.entry("per_gpu_train_batch_size", "per_device_train_batch_size"),
          Map.entry("overwrite_output_dir", ""),
          Map.entry("tokenizer", ""),
          Map.entry("logging_dir", ""),
          Map.entry("save_safetensors", ""));

  /** Settings that this library controls, with the reason. */
  private static final Map<String, String> OWNED =
      Map.of(
          "output_dir", "The result is always in the job's folder.",
          "resume_from_checkpoint", "A job resumes from its newest checkpoint automatically.",
          "save_total_limit", "The newest checkpoints and the best one are kept.",
          "save_only_model", "A job could not resume without the optimizer state.",
          "hub_token", "It would be stored in the job's folder. Set HF_TOKEN where the job runs.",
          "disable_tqdm", "Progress is reported as events.");

  private final Set<String> trainer;
  private final String name;

  private TrlSettings(String name, Set<String> trainer) {
    this.name = name;
    this.trainer = trainer;
  }

  /** Returns the settings of one trainer: {@code sft}, {@code dpo} or {@code grpo}. */
  static TrlSettings of(String trainer) {
    Set<String> names = new TreeSet<>();
    for (String line : TrlScripts.text(TABLE).lines().toList()) {
      String[] parts = line.split(" = ", 2);
      if (parts.length == 2 && List.of(parts[1].split(" ")).contains(trainer)) {
        names.add(parts[0]);
      }
    }
    return new TrlSettings(trainer, names);
  }

  /**
   * Checks a name that is not one of this library's own options.
   *
   * @param others additional known names
   * @throws UnsupportedCapabilityException if the trainer has no such setting; names the nearest
   */
  void require(String option, Set<String> others) {
    if (OWNED.containsKey(option)) {
      throw TrlErrors.unsupported("the option \"" + option + "\"", OWNED.get(option));
    }
    if (trainer.contains(option)) {
      return;
    }
    String former = FORMER.get(option);
    if (former != null) {
      throw TrlErrors.unsupported(
          "the option \"" + option + "\" of an older TRL",
          former.isEmpty() ? "Remove it." : "It is now called \"" + former + "\".");
    }
    Set<String> known = new TreeSet<>(trainer);
    known.addAll(others);
    throw TrlErrors.unsupported(
        "the option \"" + option + "\" in " + name + " training",
        "The nearest is \"" + NearestName.of(option, known) + "\".");
  }
}
