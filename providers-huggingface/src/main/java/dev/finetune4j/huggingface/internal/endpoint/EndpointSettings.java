package dev.finetune4j.huggingface.internal.endpoint;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How endpoints are made.
 *
 * @param type who may ask: {@code private} is the owner, {@code authenticated} anybody with an
 *     account at Hugging Face, {@code public} everybody
 * @param image the image of vLLM that serves
 * @param scaleToZeroAfter how long nobody must ask before it sleeps; in whole minutes; zero for
 *     never
 * @param arguments what vLLM gets besides
 * @param vendor the cloud that is preferred
 * @param region the region that is preferred
 * @param machine what serves where a deployment names no machine, {@code nvidia-l4-x1}; null to
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

  /** Returns a private endpoint of vLLM that sleeps after 15 minutes, in the east of the USA. */
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

  /** Returns these settings with a machine for deployments that name none. */
  public EndpointSettings withMachine(@Nullable String instance) {
    return new EndpointSettings(type, image, scaleToZeroAfter, arguments, vendor, region, instance);
  }
}
