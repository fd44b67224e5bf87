package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.training.MethodKind;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** What training and serving cost, as far as it is known before it is ordered. Stateless. */
final class HuggingFaceCatalog {
  private static final String REASON =
      "Training on this machine is billed by nobody; electricity and your time are not counted.";

  private HuggingFaceCatalog() {}

  /** Returns that the bases cost nothing here that anybody bills. */
  static ModelCatalog ofThisMachine(Set<String> bases, Time time) {
    LocalDate today = today(time);
    return ModelCatalog.of(
        TrlErrors.PROVIDER, today, bases.stream().map(name -> entry(name, today)).toList());
  }

  /** Returns a catalog without entries: a price by the minute belongs to no model. */
  static ModelCatalog ofNothingKnown(Time time) {
    return ModelCatalog.of(TrlErrors.PROVIDER, today(time), List.of());
  }

  private static LocalDate today(Time time) {
    return LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
  }

  private static CatalogEntry entry(String base, LocalDate today) {
    InferencePrice free = new InferencePrice(Money.zero(), Money.zero());
    CatalogEntry.Builder entry = CatalogEntry.builder(base, "this machine", today);
    for (MethodKind method : MethodKind.values()) {
      entry.method(method);
    }
    return entry
        .trainingPrice(new TrainingPrice.Free(REASON))
        .inferencePrice(free)
        .tunedInferencePrice(free)
        .hostingPricePerHour(Money.zero())
        .build();
  }
}
