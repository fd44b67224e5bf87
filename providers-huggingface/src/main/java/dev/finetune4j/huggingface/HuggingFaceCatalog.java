package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.providerkit.catalog.MachineCatalog;
import dev.finetune4j.training.MethodKind;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Catalogs of base models, for prices known in advance. Stateless. */
final class HuggingFaceCatalog {

  private HuggingFaceCatalog() {}

  /** Returns a catalog in which training the bases on this machine is free. */
  static ModelCatalog ofThisMachine(Set<String> bases, Time time) {
    return MachineCatalog.of(TrlErrors.PROVIDER, bases, EnumSet.allOf(MethodKind.class), time);
  }

  /** Returns an empty catalog, because machines are billed by the minute and not by model. */
  static ModelCatalog ofNothingKnown(Time time) {
    LocalDate today = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
    return ModelCatalog.of(TrlErrors.PROVIDER, today, List.of());
  }
}
