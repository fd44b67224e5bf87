package dev.finetune4j.huggingface.internal.endpoint;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of new endpoints.
 *
 * @param type who may call it: {@code private} the owner, {@code authenticated} anyone with a
 *     Hugging Face account, {@code public} everyone
 * @param image the vLLM image
 * @param scaleToZeroAfter the idle time before it sleeps, in whole minutes; zero for never
 * @param arguments additional arguments of vLLM
 * @param vendor the preferred cloud
 * @param region the preferred region
 * @param machine the machine of deployments that name none, such as {@code nvidia-l4-x1}; null to
 *     refuse such deployments
 */
public record EndpointSettings(
    String type,
    String image,
    Duration scaleToZeroAfter,
    List<String> arguments,
    String vendor,
    String region,
    @Nullable String machine) {

  /** Copies the list. */
  public EndpointSettings {
    arguments = List.copyOf(arguments);
  }

  /** Returns settings of a private vLLM endpoint in US East that sleeps after 15 minutes. */
  public static EndpointSettings standard() {
    return new EndpointSettings(
        "private",
        "vllm/vllm-openai:v0.25.1",
        Duration.ofMinutes(15),
        List.of(),
        "aws",
        "us-east-1",
        null);
  }

  /** Returns a copy with a machine for deployments that name none. */
  public EndpointSettings withMachine(@Nullable String instance) {
    return new EndpointSettings(type, image, scaleToZeroAfter, arguments, vendor, region, instance);
  }
}
