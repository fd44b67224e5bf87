package dev.finetune4j.providerkit.catalog;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.training.MethodKind;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Catalogs of providers that train and serve on this machine. Stateless. */
public final class MachineCatalog {
  private static final String SOURCE =
      "this machine; its electricity and your time are not counted";
  private static final String REASON =
      "Training on this machine is not billed; its electricity and your time are not" + " counted.";

  private MachineCatalog() {}

  /** Returns that these bases cost nothing that anybody bills, dated today. */
  public static ModelCatalog of(
      ProviderId provider, Set<String> bases, Set<MethodKind> methods, Time time) {
    LocalDate today = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
    List<CatalogEntry> entries =
        bases.stream()
            .map(base -> free(CatalogEntry.builder(base, SOURCE, today), methods))
            .toList();
    return ModelCatalog.of(provider, today, entries);
  }

  private static CatalogEntry free(CatalogEntry.Builder entry, Set<MethodKind> methods) {
    methods.forEach(entry::method);
    InferencePrice free = new InferencePrice(Money.zero(), Money.zero());
    return entry
        .trainingPrice(new TrainingPrice.Free(REASON))
        .inferencePrice(free)
        .tunedInferencePrice(free)
        .hostingPricePerHour(Money.zero())
        .build();
  }
}
