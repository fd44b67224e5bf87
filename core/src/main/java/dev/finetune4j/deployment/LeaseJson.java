package dev.finetune4j.deployment;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.cost.Money;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/** A lease as the text of its file. */
final class LeaseJson {
  private static final long FORMAT = 1;

  private LeaseJson() {}

  static String write(Lease lease) {
    JsonObject json =
        JsonObject.empty()
            .put("format", FORMAT)
            .put("id", lease.id())
            .put("provider", lease.model().provider().value())
            .put("model", lease.model().name())
            .put("deploymentName", lease.deploymentName())
            .put("holder", lease.holder())
            .put("intendedAt", lease.reservedAt().toString())
            .put("expiresAt", lease.expiresAt().toString())
            .put("ended", lease.isExpired())
            .putIfPresent("deployment", lease.deployment().map(DeploymentReference::id));
    lease
        .pricePerHour()
        .ifPresent(
            price ->
                json.put("pricePerHour", price.amount().toPlainString())
                    .put("currency", price.currency().getCurrencyCode()));
    return Json.writeIndented(json.asMap()) + "\n";
  }

  static Lease read(String text) {
    JsonObject json = Json.parseObject(text);
    long format = json.requireLong("format");
    if (format != FORMAT) {
      throw new JsonSyntaxException("The format is " + format + ", and only 1 is known here.");
    }
    ProviderId provider = new ProviderId(json.requireString("provider"));
    return new Lease.Builder(
            new ModelReference(provider, json.requireString("model")),
            json.requireString("deploymentName"),
            json.requireString("holder"))
        .reservedAt(Instant.parse(json.requireString("intendedAt")))
        .expiresAt(Instant.parse(json.requireString("expiresAt")))
        .expired(json.findBoolean("ended").orElse(false))
        .deployment(
            json.findString("deployment")
                .map(id -> new DeploymentReference(provider, id))
                .orElse(null))
        .pricePerHour(
            json.findString("pricePerHour")
                .map(
                    amount ->
                        new Money(
                            new BigDecimal(amount),
                            Currency.getInstance(json.requireString("currency"))))
                .orElse(null))
        .build();
  }
}
