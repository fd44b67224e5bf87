package dev.finetune4j.simulator.openai;

import dev.finetune4j.Experimental;

/**
 * Where servers that speak OpenAI's fine-tuning dialect differ. The defaults are OpenAI's own;
 * another service overrides where it differs. Implementations are stateless.
 */
@Experimental
public interface Dialect {

  /** Returns OpenAI's own. */
  static Dialect openAi() {
    return new Dialect() {};
  }

  /** Returns the status of the answer to an upload. */
  default int fileCreatedStatus() {
    return 200;
  }

  /** Returns the status of the answer to the creation of a job. */
  default int jobCreatedStatus() {
    return 200;
  }

  /** Returns the word for a file that is not processed yet. */
  default String freshFileWord() {
    return "uploaded";
  }

  /** Returns the word for a job whose files are being checked. */
  default String validatingWord() {
    return "validating_files";
  }

  /** Returns the word for a job that waits. */
  default String queuedWord() {
    return "queued";
  }

  /** Returns what stands for "the service chooses". */
  default Object automatic() {
    return "auto";
  }

  /** Returns the member that repeats the suffix. */
  default String suffixMember() {
    return "user_provided_suffix";
  }

  /** Returns whether jobs keep their metadata. */
  default boolean keepsMetadata() {
    return true;
  }

  /** Returns whether result files are wrapped in Base64. */
  default boolean wrapsResults() {
    return true;
  }

  /** Returns the level of events between info and error. */
  default String warningLevel() {
    return "warn";
  }

  /**
   * Returns the name of a new model.
   *
   * @param base the dated name of the base
   * @param suffix what the caller chose, or nothing
   * @param id letters that no other model has
   */
  default String modelName(String base, String organization, String suffix, String id) {
    String root = base.startsWith("ft:") ? base.split(":", -1)[1] : base;
    return "ft:" + root + ":" + organization + ":" + suffix + ":" + id;
  }

  /** Returns the name of the model of a checkpoint. */
  default String checkpointName(String model, long step) {
    return model + ":ckpt-step-" + step;
  }
}
