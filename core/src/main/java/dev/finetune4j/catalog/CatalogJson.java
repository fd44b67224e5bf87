package dev.finetune4j.catalog;

import dev.finetune4j.ProviderId;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.training.MethodKind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads catalogs. Amounts are US dollars; members that are absent or null are unknown. */
final class CatalogJson {

  private CatalogJson() {}

  static ModelCatalog parse(String json) {
    String place = "the catalog";
    try {
      JsonObject root = Json.parseObject(json);
      ProviderId provider = new ProviderId(root.requireString("provider"));
      LocalDate asOf = LocalDate.parse(root.requireString("as_of"));
      List<CatalogEntry> entries = new ArrayList<>();
      for (JsonObject model : root.objects("models")) {
        place =
            "entry "
                + (entries.size() + 1)
                + model.findString("model").map(n -> " (" + n + ")").orElse("");
        entries.add(entry(model, asOf));
      }
      return ModelCatalog.of(provider, asOf, entries);
    } catch (FineTuningException | IllegalArgumentException | DateTimeException e) {
      throw new CatalogFormatException(
          "Cannot read " + place + " of the model catalog: " + e.getMessage(), e);
    }
  }

  private static CatalogEntry entry(JsonObject json, LocalDate defaultDate) {
    LocalDate asOf = date(json, "as_of").orElse(defaultDate);
    CatalogEntry.Builder entry =
        CatalogEntry.builder(json.requireString("model"), json.requireString("source"), asOf);
    for (Object method : json.list("methods")) {
      entry.method(MethodKind.valueOf(String.valueOf(method).toUpperCase(Locale.ROOT)));
    }
    json.findLong("context_tokens").ifPresent(entry::contextTokens);
    json.findLong("minimum_examples").ifPresent(entry::minimumExamples);
    json.findLong("images_per_example").ifPresent(entry::imagesPerExample);
    entry.trainingPrice(trainingPrice(json));
    entry.inferencePrice(inferencePrice(json, ""));
    entry.tunedInferencePrice(inferencePrice(json, "tuned_"));
    json.findDecimal("hosting_per_hour").map(Money::dollars).ifPresent(entry::hostingPricePerHour);
    date(json, "trainable_until").ifPresent(entry::trainableUntil);
    date(json, "answers_until").ifPresent(entry::answersUntil);
    return entry.build();
  }

  private static @Nullable TrainingPrice trainingPrice(JsonObject json) {
    Optional<BigDecimal> perMillion = json.findDecimal("training_per_million_tokens");
    if (perMillion.isPresent()) {
      return new TrainingPrice.PerMillionTokens(Money.dollars(perMillion.get()));
    }
    Optional<BigDecimal> perHour = json.findDecimal("training_per_hour");
    if (perHour.isPresent()) {
      return new TrainingPrice.PerHour(
          Money.dollars(perHour.get()), json.requireDouble("assumed_tokens_per_second"));
    }
    return json.findString("free_training_because").map(TrainingPrice.Free::new).orElse(null);
  }

  private static @Nullable InferencePrice inferencePrice(JsonObject json, String prefix) {
    Optional<BigDecimal> prompt = json.findDecimal(prefix + "prompt_per_million_tokens");
    Optional<BigDecimal> completion = json.findDecimal(prefix + "completion_per_million_tokens");
    if (prompt.isEmpty() || completion.isEmpty()) {
      return null;
    }
    return new InferencePrice(Money.dollars(prompt.get()), Money.dollars(completion.get()));
  }

  private static Optional<LocalDate> date(JsonObject json, String name) {
    return json.findString(name).map(LocalDate::parse);
  }
}
