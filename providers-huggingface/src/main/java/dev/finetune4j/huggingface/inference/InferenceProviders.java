package dev.finetune4j.huggingface.inference;

import dev.finetune4j.Experimental;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.inference.StreamingChatModel;
import dev.finetune4j.providerkit.Call;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The router of the Inference Providers: open models that others host, asked by the token, as a
 * baseline or a judge. It never serves a model of the own account. Thread-safe.
 *
 * <pre>{@code
 * try (HuggingFaceHub hub = HuggingFaceHub.builder().build();
 *     InferenceProviders router = InferenceProviders.of(hub)) {
 *   ChatModel judge = router.requireModel("deepseek-ai/DeepSeek-V4-Pro:cheapest");
 * }
 * }</pre>
 *
 * <p>A model's name may end with a colon and a provider ({@code :groq}) or a way to choose one:
 * {@code :fastest}, which is the router's own way, {@code :cheapest}, {@code :preferred}. Whoever
 * compares runs should name a provider: two of them may serve one model in different precision.
 */
@Experimental
public final class InferenceProviders implements AutoCloseable {
  /** Where the router is. */
  public static final URI URL = URI.create("https://router.huggingface.co/v1");

  private static final Set<String> CHOICES = Set.of("fastest", "cheapest", "preferred");

  private final HttpTransport transport;

  private InferenceProviders(HuggingFaceHub hub, URI address, @Nullable String payer) {
    var settings = hub.transportTo(address);
    transport = (payer == null ? settings : settings.header("X-HF-Bill-To", payer)).build();
  }

  /** Returns the public router, asked with the token of {@code hub}, who pays. No I/O. */
  public static InferenceProviders of(HuggingFaceHub hub) {
    return new InferenceProviders(hub, URL, null);
  }

  /** Returns the router at another address, up to and with {@code /v1}. No I/O. */
  public static InferenceProviders at(HuggingFaceHub hub, URI address) {
    return new InferenceProviders(hub, address, null);
  }

  /** Returns the router at an address, where an organization of the token's owner pays. No I/O. */
  public static InferenceProviders billedTo(String organization, HuggingFaceHub hub, URI address) {
    return new InferenceProviders(hub, address, organization);
  }

  /** Returns what can be asked, with prices. One request. */
  public List<HostedModel> models() {
    return transport
        .send(Call.get("models"))
        .json(answer -> answer.objects("data").stream().map(HostedModel::of).toList());
  }

  /** Returns a model, whether anybody hosts it or not. No I/O; each question costs by the token. */
  public StreamingChatModel chatModel(String model) {
    return ChatCompletionsModel.of(transport, model);
  }

  /**
   * Returns a model that is hosted now, by the provider that its name ends with if there is one.
   * One request; each question costs by the token.
   *
   * @throws NotFoundException if nobody hosts it, or that provider does not; the message says who
   *     does
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
                            + "; a model of your own is deployed first."));
    boolean isNamed = parts.length == 2 && !CHOICES.contains(parts[1]);
    if (isNamed && hosted.offerOf(parts[1]).isEmpty()) {
      List<String> live =
          hosted.offers().stream()
              .filter(HostedModel.Offer::isLive)
              .map(HostedModel.Offer::provider)
              .toList();
      throw absent(parts[1] + " does not host " + parts[0] + " now; these do: " + live + ".");
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
