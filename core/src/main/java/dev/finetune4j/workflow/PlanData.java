package dev.finetune4j.workflow;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.DatasetProfile;
import dev.finetune4j.dataset.validation.DatasetProfile.Options;
import dev.finetune4j.dataset.validation.DatasetProfile.PromptIndex;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.dataset.validation.InvalidDatasetException;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.TrainingMethod;
import java.util.Optional;

/**
 * The profiles of a plan's data; the first leakage report of the training data is that against the
 * test data. A run reads each set once for them; a resumed run takes them from its journal.
 */
record PlanData(DatasetProfile training, Optional<DatasetProfile> validation, DatasetProfile test) {

  /** Reads each set once. */
  static PlanData read(FineTuningPlan plan, FineTuningProvider provider) {
    PromptIndex testPrompts = new PromptIndex(plan.testData().name());
    DatasetProfile test =
        DatasetValidator.builder(PromptExample.class)
            .build()
            .profile(plan.testData(), Options.none().into(testPrompts));
    if (test.examples() < test.validation().examplesChecked()) {
      throw new InvalidDatasetException(test.validation());
    }
    FineTuningRequest request = plan.request();
    Options options =
        Options.none()
            .counting(provider.tokenCounter(request.baseModel()))
            .cutAt(
                request
                    .method()
                    .hyperparameters()
                    .maximumSequenceTokens()
                    .orElse(Integer.MAX_VALUE))
            .against(testPrompts);
    Optional<DatasetProfile> validation = Optional.empty();
    if (request.validationData().isPresent()) {
      Dataset<?> set = request.validationData().get();
      PromptIndex prompts = new PromptIndex(set.name());
      validation =
          Optional.of(
              profile(provider, request, request.method(), set, Options.none().into(prompts)));
      options = options.against(prompts);
    }
    return new PlanData(
        profile(provider, request, request.method(), request.trainingData(), options),
        validation,
        test);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Example> DatasetProfile profile(
      FineTuningProvider provider,
      FineTuningRequest request,
      TrainingMethod<E> method,
      Dataset<?> set,
      Options options) {
    // A request is built only from a method and data of the same kind of example.
    return provider.validator(request.baseModel(), method).profile((Dataset<E>) set, options);
  }

  Fingerprints fingerprints() {
    return new Fingerprints(
        training.fingerprint(), validation.map(DatasetProfile::fingerprint), test.fingerprint());
  }

  /** The fingerprints of a plan's data. */
  record Fingerprints(Fingerprint training, Optional<Fingerprint> validation, Fingerprint test) {

    /** Reads each set once. */
    static Fingerprints read(FineTuningPlan plan) {
      return new Fingerprints(
          plan.request().trainingData().fingerprint(),
          plan.request().validationData().map(Dataset::fingerprint),
          plan.testData().fingerprint());
    }
  }
}
