package dev.finetune4j.local.internal.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a training said, and stops it after a given step if asked to. */
final class RecordingObserver implements TrainingObserver {
  final List<Double> losses = new ArrayList<>();
  final List<Double> validationLosses = new ArrayList<>();
  final List<Path> checkpoints = new ArrayList<>();
  private final int stopAfter;
  private final StopRequest request;

  RecordingObserver() {
    this(Integer.MAX_VALUE, StopRequest.NONE);
  }

  RecordingObserver(int stopAfter, StopRequest request) {
    this.stopAfter = stopAfter;
    this.request = request;
  }

  @Override
  public void onStep(StepReport report) {
    losses.add(report.loss());
  }

  @Override
  public void onValidation(int step, double epoch, double loss) {
    validationLosses.add(loss);
  }

  @Override
  public void onCheckpoint(int step, Path folder) {
    checkpoints.add(folder);
  }

  @Override
  public StopRequest shouldStop() {
    return losses.size() >= stopAfter ? request : StopRequest.NONE;
  }
}
