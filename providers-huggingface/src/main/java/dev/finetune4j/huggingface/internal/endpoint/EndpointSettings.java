package dev.finetune4j.huggingface.internal.endpoint;

import java.time.Duration;
import java.util.List;

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
 */
public record EndpointSettings(
    String type,
    String image,
    Duration scaleToZeroAfter,
    List<String> arguments,
    String vendor,
    String region) {

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
        "us-east-1");
  }
}
