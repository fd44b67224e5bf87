package dev.finetune4j.huggingface.inference;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model that some Inference Provider answers for. Immutable.
 *
 * @param name the repository on the Hub
 * @param offers who answers for it, in the router's order
 */
public record HostedModel(String name, List<Offer> offers) {

  /** Copies the list. */
  public HostedModel {
    offers = List.copyOf(offers);
  }

  /**
   * What one provider offers.
   *
   * @param provider its short name, which a model's name may end with after a colon
   * @param isLive whether it answers now
   * @param contextTokens the most tokens of a question with its answer; empty if not said
   * @param price empty if the router does not say one
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

  /** Returns what a provider offers that answers now, empty if it does not. */
  public Optional<Offer> offerOf(String provider) {
    return offers.stream()
        .filter(offer -> offer.isLive() && offer.provider().equals(provider))
        .findFirst();
  }

  /**
   * Returns the highest price of those who answer now and say one: what the router's own choice
   * costs at most, as far as is said.
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
