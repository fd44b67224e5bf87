package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.training.MethodKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What training on Jobs and serving cost, as the services say it today. Stateless. */
final class HubPrices {
  private static final BigDecimal MINUTES = BigDecimal.valueOf(60);
  private static final String SOURCE = "the price lists of the services, asked today";

  private HubPrices() {}

  /**
   * Returns a catalog.
   *
   * @param perMinute of the machine that trains
   * @param perHour of the machine that serves; empty if unknown
   */
  static ModelCatalog catalog(
      List<String> bases, TrainingPrice.PerHour training, Optional<Money> perHour, Time time) {
    LocalDate today = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
    return ModelCatalog.of(
        HuggingFaceHub.HUGGING_FACE,
        today,
        bases.stream().map(base -> entry(base, training, perHour, today)).toList());
  }

  static TrainingPrice.PerHour training(Money perMinute, double tokensPerSecond) {
    return new TrainingPrice.PerHour(perMinute.times(MINUTES), tokensPerSecond);
  }

  private static CatalogEntry entry(
      String base, TrainingPrice.PerHour training, Optional<Money> perHour, LocalDate today) {
    CatalogEntry.Builder entry = CatalogEntry.builder(base, SOURCE, today);
    for (MethodKind method : MethodKind.values()) {
      entry.method(method);
    }
    return entry.trainingPrice(training).hostingPricePerHour(perHour.orElse(null)).build();
  }
}
