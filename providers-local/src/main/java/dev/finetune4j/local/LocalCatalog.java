package dev.finetune4j.local;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.training.MethodKind;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/** What the bases of this machine cost: nothing that anybody bills. */
final class LocalCatalog {
  private static final String SOURCE =
      "this machine; its electricity and your time are not counted";

  private LocalCatalog() {}

  static ModelCatalog of(Set<String> bases, Time time) {
    LocalDate today = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
    return ModelCatalog.of(
        LocalProvider.ID, today, bases.stream().map(name -> entry(name, today)).toList());
  }

  private static CatalogEntry entry(String base, LocalDate today) {
    InferencePrice free = new InferencePrice(Money.zero(), Money.zero());
    return CatalogEntry.builder(base, SOURCE, today)
        .method(MethodKind.SUPERVISED)
        .method(MethodKind.PREFERENCE)
        .trainingPrice(
            new TrainingPrice.Free(
                "Training on this machine is billed by nobody; its electricity and your time are not counted."))
        .inferencePrice(free)
        .tunedInferencePrice(free)
        .hostingPricePerHour(Money.zero())
        .build();
  }
}
