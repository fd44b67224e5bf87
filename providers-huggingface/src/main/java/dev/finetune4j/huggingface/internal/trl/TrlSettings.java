package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.error.UnsupportedCapabilityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that a caller may use in the options of a request, by trainer, for the version of TRL
 * that this library pins. Immutable and thread-safe.
 *
 * <p>The environment's own classes are asked again before the training, since a given interpreter
 * may have another version.
 */
final class TrlSettings {
  private static final String TABLE = "settings-1.16.properties";

  /** What older recipes call a setting, and what it is called now; empty for one that is gone. */
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

  /** What this library decides itself, with the reason. */
  private static final Map<String, String> OWNED =
      Map.of(
          "output_dir", "The job's folder is the place of the result.",
          "resume_from_checkpoint", "A job goes on from its newest checkpoint by itself.",
          "save_total_limit", "The newest checkpoints and the best one are kept.",
          "save_only_model", "Without the state of the optimizer a job could not go on.",
          "hub_token", "It would stand in the job's folder. Set HF_TOKEN where the job runs.",
          "disable_tqdm", "Progress comes as events.");

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
   * Checks a name that is none of this library's own options.
   *
   * @param others the names that are known besides
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
          former.isEmpty() ? "Leave it out." : "It is called \"" + former + "\" now.");
    }
    Set<String> known = new TreeSet<>(trainer);
    known.addAll(others);
    throw TrlErrors.unsupported(
        "the option \"" + option + "\" in " + name + " training",
        "The nearest is \"" + NearestName.of(option, known) + "\".");
  }
}
