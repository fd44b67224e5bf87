package dev.finetune4j.local;

import dev.finetune4j.Time;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.local.internal.adapter.LowRankSettings;
import dev.finetune4j.local.internal.decoder.ParameterNames;
import dev.finetune4j.local.internal.process.TrainerMain;
import dev.finetune4j.local.internal.process.TrainerRequest;
import dev.finetune4j.local.internal.trainer.LearningRateSchedule;
import dev.finetune4j.local.internal.trainer.TrainingSettings;
import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.providerkit.process.JobFolder;
import dev.finetune4j.storage.AtomicFile;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.MethodKind;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.WeightUpdate;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a request into the contents of a job folder; refuses what the trainer does not support. */
final class LocalTraining {
  static final String CHECKPOINT_STEPS = "checkpoint_steps";
  static final String MERGE = "merge";

  private static final int DEFAULT_BATCH = 16;
  private static final int DEFAULT_EPOCHS = 3;
  private static final int DEFAULT_RANK = 16;
  private static final int DEFAULT_CHECKPOINT_STEPS = 50;
  private static final int LARGEST_MICRO_BATCH = 8;
  private static final int LONGEST_DEFAULT_SEQUENCE = 2_048;
  // Measured on the shipped base: models this narrow learn at rates that would ruin larger ones.
  private static final int NARROW = 256;

  private final LocalBases bases;
  private final int workers;
  private final Time time;

  LocalTraining(LocalBases bases, int workers, Time time) {
    this.bases = bases;
    this.workers = workers;
    this.time = time;
  }

  /** Refuses unsupported requests. Reads only files of the base: writing checks the data. */
  void check(FineTuningRequest request) {
    if (request.method().kind() == MethodKind.REINFORCEMENT) {
      throw LocalErrors.unsupported(
          "reinforcement training",
          "Train supervised or on preferences, or take another provider.");
    }
    for (String option : request.providerOptions().keySet()) {
      if (!Set.of(CHECKPOINT_STEPS, MERGE).contains(option)) {
        throw LocalErrors.unsupported(
            "the option \"" + option + "\"",
            "It knows \"" + CHECKPOINT_STEPS + "\" (a number) and \"" + MERGE + "\" (true).");
      }
    }
    if (request.method().hyperparameters().earlyStopPatience().isPresent()
        && request.validationData().isEmpty()) {
      throw LocalErrors.unsupported(
          "an early stop without validation data", "Give the request validation data.");
    }
    trainerRequest(request);
  }

  /** Returns the contents of the job folder. */
  JobContents contents(FineTuningRequest request) {
    return directory -> {
      LocalRules.write(directory.resolve(TrainerMain.TRAINING_FILE), request.trainingData());
      if (request.validationData().isPresent()) {
        LocalRules.write(
            directory.resolve(TrainerMain.VALIDATION_FILE), request.validationData().get());
      }
      JsonObject json =
          JsonObject.empty()
              .put("format", 1)
              .put("base_model", request.baseModel())
              .put("submission_key", request.submissionKey().value())
              .put("created_at", time.now().toString());
      trainerRequest(request).writeTo(json, new JobFolder(directory));
      AtomicFile.write(directory.resolve(JobFolder.REQUEST), json.toString());
    };
  }

  private TrainerRequest trainerRequest(FineTuningRequest request) {
    @Nullable LowRankSettings adapter = adapter(request.method().weightUpdate());
    boolean merge = Boolean.TRUE.equals(request.providerOptions().get(MERGE));
    try {
      return new TrainerRequest(
          bases.require(request.baseModel()).toAbsolutePath(),
          LocalModels.tunedName(request),
          request.method().kind() == MethodKind.PREFERENCE,
          settings(request, adapter == null),
          adapter,
          merge && adapter != null);
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      throw LocalErrors.invalid("The request cannot be trained: " + e.getMessage() + ".");
    }
  }

  private static @Nullable LowRankSettings adapter(WeightUpdate update) {
    if (update instanceof WeightUpdate.Full) {
      return null;
    }
    if (!(update instanceof WeightUpdate.LowRank lowRank)) {
      return LowRankSettings.allLinear(DEFAULT_RANK, 2.0 * DEFAULT_RANK, 0);
    }
    Set<String> modules =
        lowRank.targetModules().isEmpty()
            ? ParameterNames.linearModules()
            : Set.copyOf(lowRank.targetModules());
    if (!ParameterNames.linearModules().containsAll(modules)) {
      throw LocalErrors.unsupported(
          "low-rank updates of " + modules,
          "It can put them on " + ParameterNames.linearModules() + ".");
    }
    return new LowRankSettings(lowRank.rank(), lowRank.alpha(), lowRank.dropout(), modules);
  }

  private TrainingSettings settings(FineTuningRequest request, boolean full) {
    Hyperparameters wanted = request.method().hyperparameters();
    int perPass = wanted.batchSize().orElse(DEFAULT_BATCH);
    int batch = perPass * wanted.gradientAccumulationSteps().orElse(1);
    int share = (batch + workers - 1) / workers;
    int context = bases.contextTokens(request.baseModel());
    TrainingSettings.Builder settings =
        TrainingSettings.builder()
            .epochs(wanted.epochs().orElse(DEFAULT_EPOCHS))
            .batchSize(batch)
            .microBatchSize(Math.min(Math.min(perPass, share), LARGEST_MICRO_BATCH))
            .learningRate(learningRate(request, full), schedule(wanted))
            .maximumTokens(
                Math.min(context, wanted.maximumSequenceTokens().orElse(LONGEST_DEFAULT_SEQUENCE)))
            .workers(workers)
            .checkpointInterval(checkpointSteps(request))
            .patience(wanted.earlyStopPatience().orElse(0));
    wanted.warmupFraction().ifPresent(settings::warmUpShare);
    wanted.weightDecay().ifPresent(settings::weightDecay);
    wanted.maximumGradientNorm().ifPresent(settings::maximumGradientNorm);
    request.seed().ifPresent(settings::seed);
    if (request.method() instanceof PreferenceTraining preference) {
      preference.beta().ifPresent(settings::beta);
    }
    return settings.build();
  }

  private double learningRate(FineTuningRequest request, boolean full) {
    boolean narrow = bases.configuration(request.baseModel()).dimensions().hidden() <= NARROW;
    double usual = narrow ? (full ? 1e-3 : 4e-3) : (full ? 2e-5 : 2e-4);
    if (request.method().kind() == MethodKind.PREFERENCE) {
      usual /= 10;
    }
    Optional<LearningRate> wanted = request.method().hyperparameters().learningRate();
    if (wanted.isEmpty()) {
      return usual;
    }
    return wanted.get() instanceof LearningRate.Multiplier multiplier
        ? usual * multiplier.value()
        : wanted.get().value();
  }

  private static LearningRateSchedule schedule(Hyperparameters wanted) {
    return wanted
        .schedule()
        .map(schedule -> LearningRateSchedule.valueOf(schedule.name()))
        .orElse(LearningRateSchedule.COSINE);
  }

  private static int checkpointSteps(FineTuningRequest request) {
    Object steps = request.providerOptions().get(CHECKPOINT_STEPS);
    if (steps == null) {
      return DEFAULT_CHECKPOINT_STEPS;
    }
    if (!(steps instanceof Number number) || number.intValue() < 1) {
      throw LocalErrors.invalid(
          "The option \"" + CHECKPOINT_STEPS + "\" is a whole number from 1, not " + steps + ".");
    }
    return number.intValue();
  }
}
