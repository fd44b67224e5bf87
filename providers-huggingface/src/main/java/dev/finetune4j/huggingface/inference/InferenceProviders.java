package dev.finetune4j.huggingface.inference;

import dev.finetune4j.Experimental;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.inference.StreamingChatModel;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Inference Providers router: open models hosted by others and billed by token, for
 * use as a baseline or a judge. It never serves the account's own models. Thread-safe.
 *
 * <pre>{@code
 * try (HuggingFaceHub hub = HuggingFaceHub.builder().build();
 *     InferenceProviders router = InferenceProviders.of(hub)) {
 *   ChatModel judge = router.requireModel("deepseek-ai/DeepSeek-V4-Pro:cheapest");
 * }
 * }</pre>
 *
 * <p>A model's name may end with a colon and a provider ({@code :groq}) or a rule to choose one:
 * {@code :fastest}, the default, {@code :cheapest}, {@code :preferred}. Name a provider if you
 * compare runs, because providers may serve one model in different precision.
 */
@Experimental
public final class InferenceProviders implements AutoCloseable {
  /** The address of the public router. */
  public static final URI URL = URI.create("https://router.huggingface.co/v1");

  private static final Set<String> CHOICES = Set.of("fastest", "cheapest", "preferred");

  private final HttpTransport transport;

  private InferenceProviders(HuggingFaceHub hub, URI address, @Nullable String payer) {
    var settings = hub.transportTo(address);
    transport = (payer == null ? settings : settings.header("X-HF-Bill-To", payer)).build();
  }

  /** Returns a client of the public router that uses and bills the token of {@code hub}. No I/O. */
  public static InferenceProviders of(HuggingFaceHub hub) {
    return new InferenceProviders(hub, URL, null);
  }

  /** Returns a client of a router at another address, including {@code /v1}. No I/O. */
  public static InferenceProviders at(HuggingFaceHub hub, URI address) {
    return new InferenceProviders(hub, address, null);
  }

  /**
   * Returns a client of a router at an address that bills an organization of the token's owner. No
   * I/O.
   */
  public static InferenceProviders billedTo(String organization, HuggingFaceHub hub, URI address) {
    return new InferenceProviders(hub, address, organization);
  }

  /** Returns the hosted models with prices. One request. */
  public List<HostedModel> models() {
    return transport
        .send(ApiRequest.get("models"))
        .json(answer -> answer.objects("data").stream().map(HostedModel::of).toList());
  }

  /** Returns a model without checking that it is hosted. No I/O; calls are billed by token. */
  public StreamingChatModel chatModel(String model) {
    return ChatCompletionsModel.of(transport, model);
  }

  /**
   * Returns a model after checking that it is hosted now, by the named provider if its name has
   * one. One request; calls are billed by token.
   *
   * @throws NotFoundException if it is not hosted, or not by that provider; the message names its
   *     hosts
   */
  public StreamingChatModel requireModel(String model) {
    String[] parts = model.split(":", 2);
    HostedModel hosted =
        models().stream()
            .filter(known -> known.name().equals(parts[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    absent(
                        "No Inference Provider hosts "
                            + parts[0]
                            + ". Deploy your own models first."));
    boolean isNamed = parts.length == 2 && !CHOICES.contains(parts[1]);
    if (isNamed && hosted.offerOf(parts[1]).isEmpty()) {
      List<String> live =
          hosted.offers().stream()
              .filter(HostedModel.Offer::isLive)
              .map(HostedModel.Offer::provider)
              .toList();
      throw absent(parts[1] + " does not host " + parts[0] + " now; available from " + live + ".");
    }
    return chatModel(model);
  }

  /** Closes the connections. */
  @Override
  public void close() {
    transport.close();
  }

  private NotFoundException absent(String what) {
    return new NotFoundException(ProviderFailure.of(transport.provider(), what));
  }
}
