package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.Parameters;
import dev.finetune4j.local.internal.tensor.Tensors;
import dev.finetune4j.local.internal.trainer.TrainingLoop.Items;
import dev.finetune4j.local.internal.trainer.TrainingLoop.Machine;
import dev.finetune4j.local.internal.trainer.TrainingObserver.TrainingOverview;
import dev.finetune4j.local.internal.trainer.TrainingResult.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains as a spec says, from the newest checkpoint in its folder or from the start. Not
 * thread-safe.
 *
 * <p>The JVM should have been started with {@code OMP_NUM_THREADS=1}, {@code
 * OPENBLAS_NUM_THREADS=1} and {@code OMP_WAIT_POLICY=PASSIVE} in its environment; without them
 * training is many times slower.
 */
public final class Trainer {
  private final TrainingSpec spec;
  private final TrainingObserver observer;

  /** Creates a trainer. Reads nothing before {@link #run()}. */
  public Trainer(TrainingSpec spec, TrainingObserver observer) {
    this.spec = spec;
    this.observer = observer;
  }

  /**
   * Trains to the end or until the observer stops it; writes the output only on success.
   *
   * @throws IOException if the base cannot be read, or a checkpoint or the output cannot be written
   * @throws IllegalArgumentException if the base, the data or a checkpoint found do not fit
   * @throws InterruptedException if the thread is interrupted; the last checkpoint stays
   */
  public TrainingResult run() throws IOException, InterruptedException {
    Tensors.singleThreadedKernels();
    try (BaseModel base = BaseModel.load(spec.base());
        TrainableParameters parameters = parameters(base);
        TrainingState state =
            new TrainingState(
                parameters, spec.settings().weightDecay(), spec.settings().patience() > 0);
        WorkerPool workers = new WorkerPool(workers(base, parameters))) {
      TrainingResult result = run(base, new Machine(workers, state));
      if (result.outcome() == Outcome.COMPLETED || result.outcome() == Outcome.STOPPED_EARLY) {
        TrainingOutput.write(spec, base, parameters);
      }
      return result;
    }
  }

  private TrainingResult run(BaseModel base, Machine machine)
      throws IOException, InterruptedException {
    Selection training = Selection.of(spec.data().training(base.template()), maximumTokens(base));
    Selection validation =
        Selection.of(spec.data().validation(base.template()), maximumTokens(base));
    if (training.items().isEmpty()) {
      throw new IllegalArgumentException("no example has a token that counts in the loss");
    }
    Items items =
        new Items(training.items(), validation.items(), objective(base, training, validation));
    CheckpointStore checkpoints = new CheckpointStore(spec.checkpoints(), identity(items));
    checkpoints.restore(machine.state());
    TrainingLoop loop = new TrainingLoop(spec.settings(), observer, items, machine);
    observer.onStart(
        new TrainingOverview(
            machine.state().progress().step(),
            loop.totalSteps(),
            machine.state().parameters().count(),
            base.weights().parameterCount(),
            training.items().size(),
            training.skipped(),
            training.truncated()));
    return loop.run(checkpoints);
  }

  private int maximumTokens(BaseModel base) {
    return Math.min(
        spec.settings().maximumTokens(), base.configuration().rotary().maximumPositions());
  }

  private Objective objective(BaseModel base, Selection training, Selection validation) {
    if (!spec.data().isPreference()) {
      return new Objective.Supervised();
    }
    List<TrainingItem> all = new ArrayList<>(training.items());
    all.addAll(validation.items());
    return PreferenceObjective.measure(
        spec.settings().beta(), base.decoder(Parameters.of(base.weights())), all);
  }

  private TrainableParameters parameters(BaseModel base) {
    return spec.adapter() == null
        ? TrainableParameters.full(base)
        : TrainableParameters.lowRank(base, spec.adapter(), spec.settings().seed());
  }

  private List<Worker> workers(BaseModel base, TrainableParameters parameters) {
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < spec.settings().workers(); i++) {
      workers.add(new Worker(base, parameters, spec.adapter()));
    }
    return workers;
  }

  private Map<String, String> identity(Items items) {
    TrainingSettings settings = spec.settings();
    Map<String, String> identity = new TreeMap<>();
    identity.put("seed", String.valueOf(settings.seed()));
    identity.put("workers", String.valueOf(settings.workers()));
    identity.put("epochs", String.valueOf(settings.epochs()));
    identity.put("batchSize", settings.batchSize() + "/" + settings.microBatchSize());
    identity.put("learningRate", settings.learningRate() + " " + settings.schedule());
    identity.put("examples", String.valueOf(items.training().size()));
    identity.put(
        "adapter", String.valueOf(spec.adapter() == null ? "none" : spec.adapter().rank()));
    return identity;
  }

  /** Usable items, and how many were skipped or truncated. */
  record Selection(List<TrainingItem> items, int skipped, int truncated) {
    static Selection of(List<TrainingItem> all, int maximumTokens) {
      List<TrainingItem> items = new ArrayList<>();
      int truncated = 0;
      for (TrainingItem item : all) {
        TrainingItem cut = item.truncated(maximumTokens);
        truncated += item.length() > maximumTokens ? 1 : 0;
        if (!cut.hasNothingToLearn()) {
          items.add(cut);
        }
      }
      return new Selection(items, all.size() - items.size(), truncated);
    }
  }
}
