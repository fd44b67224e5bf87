package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import dev.finetune4j.local.internal.trainer.TrainingObserver.StepReport;
import dev.finetune4j.local.internal.trainer.TrainingObserver.StopRequest;
import dev.finetune4j.local.internal.trainer.TrainingResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** Takes steps until all are done or someone says stop. For one thread. */
final class TrainingLoop {
  private final TrainingSettings settings;
  private final TrainingObserver observer;
  private final Items items;
  private final LanePool lanes;
  private final TrainingState state;
  private final BatchPlan plan;
  private final int totalSteps;

  /** What is learnt from, what is measured, and how. */
  record Items(List<TrainingItem> training, List<TrainingItem> validation, Objective objective) {}

  TrainingLoop(TrainingSettings settings, TrainingObserver observer, Items items, Machine machine) {
    this.settings = settings;
    this.observer = observer;
    this.items = items;
    this.lanes = machine.lanes();
    this.state = machine.state();
    this.plan = new BatchPlan(items.training().size(), settings.batchSize(), settings.seed());
    this.totalSteps = plan.stepsPerEpoch() * settings.epochs();
  }

  /** Where gradients are computed and what they move. */
  record Machine(LanePool lanes, TrainingState state) {}

  int totalSteps() {
    return totalSteps;
  }

  /** Runs from the current state. */
  TrainingResult run(CheckpointStore checkpoints) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long before = state.progress().processedTokens();
    while (state.progress().step() < totalSteps) {
      double rate = step();
      report(rate, before, begun);
      int done = state.progress().step();
      if (done % plan.stepsPerEpoch() == 0 && validateAndIsHopeless()) {
        state.restoreBest();
        return result(Outcome.STOPPED_EARLY);
      }
      StopRequest request = observer.shouldStop();
      if (request == StopRequest.CANCEL) {
        return result(Outcome.CANCELLED);
      }
      boolean due = settings.checkpointInterval() > 0 && done % settings.checkpointInterval() == 0;
      if (due || request == StopRequest.PAUSE) {
        Path saved = checkpoints.save(state);
        observer.onCheckpoint(done, saved);
      }
      if (request == StopRequest.PAUSE) {
        return result(Outcome.PAUSED);
      }
    }
    state.restoreBest();
    return result(Outcome.COMPLETED);
  }

  private double step() throws InterruptedException {
    int step = state.progress().step();
    List<TrainingItem> batch =
        Arrays.stream(plan.batch(step)).mapToObj(items.training()::get).toList();
    double units = batch.stream().mapToDouble(items.objective()::units).sum();
    List<List<TrainingItem>> groups =
        BatchPlan.groups(batch, settings.microBatchSize(), settings.workers());
    List<Function<Lane, Double>> work = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      List<TrainingItem> group = groups.get(i);
      long seed = dropoutSeed(step, i);
      work.add(lane -> lane.learn(items.objective(), group, units, seed));
    }
    lanes.lanes().forEach(Lane::clear);
    double loss = lanes.run(work).stream().mapToDouble(Double::doubleValue).sum();
    double rate =
        settings.learningRate() * settings.schedule().factor(step, warmUpSteps(), totalSteps);
    Scope.run(() -> state.optimizer().step(summedGradient(), step + 1, rate));
    long tokens = batch.stream().mapToLong(TrainingItem::tokenCount).sum();
    state.progress(state.progress().afterStep(loss, tokens));
    return rate;
  }

  private int warmUpSteps() {
    return (int) Math.ceil(settings.warmUpShare() * totalSteps);
  }

  private long dropoutSeed(int step, int group) {
    return (settings.seed() * 31 + step) * 1_000_003 + group;
  }

  private Tensor summedGradient() {
    return Scope.withoutGradients(
        () -> {
          Tensor sum = lanes.lanes().get(0).gradient();
          for (Lane lane : lanes.lanes().subList(1, lanes.lanes().size())) {
            sum.add_(lane.gradient());
          }
          double norm = Tensors.number(sum.norm());
          if (settings.maximumGradientNorm() > 0 && norm > settings.maximumGradientNorm()) {
            sum.mul_(Tensors.scalar(settings.maximumGradientNorm() / (norm + 1e-6)));
          }
          return sum;
        });
  }

  private void report(double rate, long tokensBefore, long begun) {
    TrainingState.Progress progress = state.progress();
    if (!Double.isFinite(progress.loss())) {
      throw new IllegalStateException(
          "the loss is "
              + progress.loss()
              + " at step "
              + progress.step()
              + ": take a lower learning rate");
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    observer.onStep(
        new StepReport(
            progress.step(),
            totalSteps,
            epoch(),
            progress.loss(),
            rate,
            progress.processedTokens(),
            (progress.processedTokens() - tokensBefore) / seconds));
  }

  private double epoch() {
    return state.progress().step() / (double) plan.stepsPerEpoch();
  }

  private boolean validateAndIsHopeless() throws InterruptedException {
    if (items.validation().isEmpty()) {
      return false;
    }
    double loss = Validation.measure(items, lanes, settings);
    state.validated(loss);
    observer.onValidation(state.progress().step(), epoch(), loss);
    return settings.patience() > 0
        && state.progress().worseEpochs() >= settings.patience()
        && state.progress().step() < totalSteps;
  }

  private TrainingResult result(Outcome outcome) {
    TrainingState.Progress progress = state.progress();
    double validation =
        settings.patience() > 0 ? progress.bestValidationLoss() : progress.validationLoss();
    return new TrainingResult(
        outcome,
        progress.step(),
        progress.loss(),
        Double.isNaN(validation) ? OptionalDouble.empty() : OptionalDouble.of(validation),
        progress.processedTokens());
  }
}
