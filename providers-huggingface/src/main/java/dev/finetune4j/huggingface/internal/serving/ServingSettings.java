package dev.finetune4j.huggingface.internal.serving;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How jobs serve models.
 *
 * @param machine of a deployment that names none; null if it must name one
 * @param image of vLLM
 * @param longest after which the service ends the job, whoever still asks; at least a minute
 * @param arguments what vLLM gets besides
 * @param token of the Hub: what vLLM fetches models with, and what the job is asked with
 */
public record ServingSettings(
    @Nullable String machine,
    String image,
    Duration longest,
    List<String> arguments,
    Supplier<String> token) {
  /** The image of vLLM that is meant for its server. */
  public static final String IMAGE = "vllm/vllm-openai";

  /** Copies the list, and checks that there is a time. */
  public ServingSettings {
    arguments = List.copyOf(arguments);
    if (longest.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "A job needs a minute at least, and this is " + longest + ".");
    }
  }

  /** Returns an image that is not pinned and no further arguments. */
  public static ServingSettings of(
      @Nullable String machine, Duration longest, Supplier<String> token) {
    return new ServingSettings(machine, IMAGE, longest, List.of(), token);
  }

  @Override
  public String toString() {
    return "ServingSettings(" + image + ", " + longest + ")";
  }
}
