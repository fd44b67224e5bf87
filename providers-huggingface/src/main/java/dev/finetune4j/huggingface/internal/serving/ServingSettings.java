package dev.finetune4j.huggingface.internal.serving;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settings of serving jobs.
 *
 * @param machine the machine of deployments that name none; null if deployments must name one
 * @param image of vLLM
 * @param longest the time after which the service ends the job, even if it is in use; at least a
 *     minute
 * @param arguments additional arguments of vLLM
 * @param token supplies the Hub token with which vLLM downloads models and the job is called
 */
public record ServingSettings(
    @Nullable String machine,
    String image,
    Duration longest,
    List<String> arguments,
    Supplier<String> token) {
  /** The vLLM server image. */
  public static final String IMAGE = "vllm/vllm-openai";

  /** Copies the list and checks the time. */
  public ServingSettings {
    arguments = List.copyOf(arguments);
    if (longest.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "A job must be allowed at least one minute, was " + longest + ".");
    }
  }

  /** Returns settings with an unpinned image and no additional arguments. */
  public static ServingSettings of(
      @Nullable String machine, Duration longest, Supplier<String> token) {
    return new ServingSettings(machine, IMAGE, longest, List.of(), token);
  }

  @Override
  public String toString() {
    return "ServingSettings(" + image + ", " + longest + ")";
  }
}
