package dev.finetune4j.local.internal.process;

import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.local.internal.trainer.TrainingObserver;
import dev.finetune4j.providerkit.process.JobChild;
import dev.finetune4j.providerkit.process.JobCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the events of the engine into the job folder, and passes its commands to the engine. */
final class ReportingObserver implements TrainingObserver {
  private final JobChild child;
  private TrainingMetrics last = new TrainingMetrics(0, Map.of());

  ReportingObserver(JobChild child) {
    this.child = child;
  }

  private interface Report {
    void write() throws IOException;
  }

  @Override
  public void onStart(TrainingOverview overview) {
    report(
        () ->
            child.say(
                "start-at-" + overview.firstStep(),
                JobEvent.Level.INFO,
                overview.examples()
                    + " examples, "
                    + overview.totalSteps()
                    + " steps, "
                    + overview.trainableParameters()
                    + " of "
                    + overview.totalParameters()
                    + " parameters change; starts after step "
                    + overview.firstStep()
                    + "."));
    if (overview.skippedExamples() + overview.truncatedExamples() > 0) {
      report(
          () ->
              child.say(
                  "left-out",
                  JobEvent.Level.WARNING,
                  overview.skippedExamples()
                      + " examples are left out since nothing in them is to be learnt, "
                      + overview.truncatedExamples()
                      + " are cut to the longest sequence."));
    }
  }

  @Override
  public void onStep(StepReport step) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(TrainingMetrics.EPOCH, step.epoch());
    values.put(TrainingMetrics.LOSS, step.loss());
    values.put(TrainingMetrics.LEARNING_RATE, step.learningRate());
    values.put(TrainingMetrics.TRAINED_TOKENS, (double) step.processedTokens());
    values.put(TrainingMetrics.TOKENS_PER_SECOND, step.tokensPerSecond());
    values.put(TrainingMetrics.TOTAL_STEPS, (double) step.totalSteps());
    last = new TrainingMetrics(step.step(), values);
    report(() -> child.report(last));
  }

  @Override
  public void onValidation(int step, double epoch, double loss) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(TrainingMetrics.EPOCH, epoch);
    values.put(TrainingMetrics.VALIDATION_LOSS, loss);
    report(() -> child.report(new TrainingMetrics(step, values)));
  }

  @Override
  public void onCheckpoint(int step, Path folder) {
    report(() -> child.reportCheckpoint(String.valueOf(folder.getFileName()), last));
  }

  @Override
  public StopRequest shouldStop() {
    Optional<JobCommand> command = child.command();
    if (command.isEmpty()) {
      return StopRequest.NONE;
    }
    return command.get() == JobCommand.PAUSE ? StopRequest.PAUSE : StopRequest.CANCEL;
  }

  private static void report(Report report) {
    try {
      report.write();
    } catch (IOException e) {
      throw new ObservationLost(e);
    }
  }
}
