package dev.finetune4j.huggingface.inference;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model that Inference Providers host. Immutable.
 *
 * @param name the repository on the Hub
 * @param offers the offers of its hosts, in the router's order
 */
public record HostedModel(String name, List<Offer> offers) {

  /** Copies the list. */
  public HostedModel {
    offers = List.copyOf(offers);
  }

  /**
   * The offer of one provider.
   *
   * @param provider its short name, which may follow a model's name after a colon
   * @param isLive whether it is available now
   * @param contextTokens the most tokens of a prompt and its answer; empty if unknown
   * @param price empty if the router does not report one
   */
  public record Offer(
      String provider, boolean isLive, OptionalLong contextTokens, Optional<InferencePrice> price) {

    static Offer of(JsonObject json) {
      return new Offer(
          json.requireString("provider"),
          json.findString("status").orElse("").equals("live"),
          json.findLong("context_length"),
          json.findObject("pricing")
              .filter(prices -> prices.has("input") && prices.has("output"))
              .map(
                  prices ->
                      new InferencePrice(
                          Money.dollars(prices.findDecimal("input").orElseThrow()),
                          Money.dollars(prices.findDecimal("output").orElseThrow()))));
    }
  }

  static HostedModel of(JsonObject json) {
    return new HostedModel(
        json.requireString("id"), json.objects("providers").stream().map(Offer::of).toList());
  }

  /** Returns the live offer of a provider, or empty. */
  public Optional<Offer> offerOf(String provider) {
    return offers.stream()
        .filter(offer -> offer.isLive() && offer.provider().equals(provider))
        .findFirst();
  }

  /**
   * Returns the highest known price of the live offers, which is the most that the router's choice
   * can cost.
   */
  public Optional<InferencePrice> highestPrice() {
    return offers.stream()
        .filter(Offer::isLive)
        .flatMap(offer -> offer.price().stream())
        .max(
            Comparator.comparing(
                price -> price.perMillionPromptTokens().plus(price.perMillionCompletionTokens())));
  }
}
