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

/** What training and serving cost, as far as it is known before it is ordered. Stateless. */
final class HuggingFaceCatalog {

  private HuggingFaceCatalog() {}

  /** Returns that the bases cost nothing here that anybody bills. */
  static ModelCatalog ofThisMachine(Set<String> bases, Time time) {
    return MachineCatalog.of(TrlErrors.PROVIDER, bases, EnumSet.allOf(MethodKind.class), time);
  }

  /** Returns a catalog without entries: a price by the minute belongs to no model. */
  static ModelCatalog ofNothingKnown(Time time) {
    LocalDate today = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
    return ModelCatalog.of(TrlErrors.PROVIDER, today, List.of());
  }
}
