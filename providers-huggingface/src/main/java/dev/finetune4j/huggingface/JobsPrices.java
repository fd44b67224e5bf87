package dev.finetune4j.huggingface;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.cost.TrainingPrice;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What training on Jobs, serving and asking the router cost, as the services say it today. Machines
 * are billed by the hour whatever they train, so the price holds for every base. Immutable.
 *
 * @param training of the machine that trains; null if nobody says it
 * @param hosting of the machine that serves; null if none was chosen or its price is not said
 * @param hosted what the router asks for its models
 */
record JobsPrices(
    TrainingPrice.@Nullable PerHour training,
    @Nullable Money hosting,
    Map<String, InferencePrice> hosted,
    LocalDate asOf)
    implements PriceBook {

  JobsPrices {
    hosted = Map.copyOf(hosted);
  }

  @Override
  public Optional<TrainingPrice> trainingPrice(ModelReference baseModel) {
    return isOurs(baseModel) ? Optional.ofNullable(training) : Optional.empty();
  }

  @Override
  public Optional<InferencePrice> inferencePrice(ModelReference baseModel) {
    return isOurs(baseModel) ? Optional.ofNullable(hosted.get(baseModel.name())) : Optional.empty();
  }

  /** Returns nothing by the token: a tuned model is paid by the hour that its machine stands. */
  @Override
  public Optional<InferencePrice> tunedInferencePrice(ModelReference baseModel) {
    return hosting != null && isOurs(baseModel)
        ? Optional.of(new InferencePrice(Money.zero(), Money.zero()))
        : Optional.empty();
  }

  @Override
  public Optional<Money> hostingPricePerHour(ModelReference baseModel) {
    return isOurs(baseModel) ? Optional.ofNullable(hosting) : Optional.empty();
  }

  private static boolean isOurs(ModelReference model) {
    return model.provider().equals(HuggingFaceProvider.ID);
  }
}
