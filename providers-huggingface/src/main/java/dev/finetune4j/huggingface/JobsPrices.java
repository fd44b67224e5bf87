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
 * Current prices of training on Jobs, of serving, and of the router's models. Machines are billed
 * by time whatever they train, so the training price applies to every base. Immutable.
 *
 * @param training of the training machine; null if unknown
 * @param hosting of the serving machine; null if none was chosen or its price is unknown
 * @param hosted the models of the router, with prices
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

  /** Returns zero per token: a tuned model is billed by the hours that its machine runs. */
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
