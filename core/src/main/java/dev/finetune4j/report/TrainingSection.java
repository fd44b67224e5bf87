package dev.finetune4j.report;

import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.LineChart;
import dev.finetune4j.internal.page.LineChart.Point;
import dev.finetune4j.internal.page.LineChart.Series;
import dev.finetune4j.internal.page.LineChart.Stroke;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The loss curve and the facts of the job. */
final class TrainingSection {
  private static final int MAXIMUM_POINTS = 240;
  private static final int TOO_FEW_TO_SMOOTH = 20;

  private TrainingSection() {}

  static Page.Section of(WorkflowResult result) {
    List<Block> blocks = new ArrayList<>();
    List<Point> training = points(result.metrics(), TrainingMetrics.LOSS);
    List<Point> validation = points(result.metrics(), TrainingMetrics.VALIDATION_LOSS);
    if (training.isEmpty() && validation.isEmpty()) {
      blocks.add(new Block.Paragraph("The provider reported no loss."));
    } else {
      blocks.add(new Block.Figure(chart(training, validation)));
    }
    blocks.add(new Block.Table(List.of("Training", "Value"), rows(result)));
    return new Page.Section("Training", blocks);
  }

  private static LineChart chart(List<Point> training, List<Point> validation) {
    List<Point> thinned = thinned(training);
    List<Series> series = new ArrayList<>();
    if (thinned.size() < TOO_FEW_TO_SMOOTH) {
      series.add(new Series("training", Stroke.SOLID, thinned));
    } else {
      series.add(new Series(reported(training.size(), thinned.size()), Stroke.FAINT, thinned));
      series.add(new Series("smoothed", Stroke.SOLID, smoothed(thinned)));
    }
    series.add(new Series("validation", Stroke.MARKED, thinned(validation)));
    return new LineChart("Loss by step", description(training, validation), "step", series);
  }

  private static String reported(int points, int shown) {
    int group = (points + shown - 1) / shown;
    return group == 1 ? "each step" : "mean of " + group;
  }

  private static String description(List<Point> training, List<Point> validation) {
    StringBuilder text = new StringBuilder();
    if (!training.isEmpty()) {
      text.append("Training loss went from ").append(Numbers.decimal(training.get(0).y()));
      text.append(" to ").append(Numbers.decimal(last(training).y()));
      text.append(" in ").append(Numbers.whole(last(training).x())).append(" steps.");
    }
    if (!validation.isEmpty()) {
      text.append(" Validation loss went from ").append(Numbers.decimal(validation.get(0).y()));
      text.append(" to ").append(Numbers.decimal(last(validation).y()));
      double lowest = validation.stream().mapToDouble(Point::y).min().orElseThrow();
      text.append(", the lowest was ").append(Numbers.decimal(lowest)).append('.');
    }
    return text.toString().strip();
  }

  private static Point last(List<Point> points) {
    return points.get(points.size() - 1);
  }

  private static List<List<String>> rows(WorkflowResult result) {
    FineTuningJob job = result.job();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Job", job.reference() + " (" + job.status() + ")"));
    rows.add(List.of("Base model", result.plan().request().baseModel()));
    job.fineTunedModel().ifPresent(model -> rows.add(List.of("Tuned model", model.name())));
    job.trainedTokens()
        .ifPresent(tokens -> rows.add(List.of("Trained tokens", Numbers.whole(tokens))));
    List<Point> speeds = points(result.metrics(), TrainingMetrics.TOKENS_PER_SECOND);
    speeds.stream()
        .mapToDouble(Point::y)
        .average()
        .ifPresent(speed -> rows.add(List.of("Tokens per second", Numbers.whole(speed))));
    rows.add(List.of("Deployment", result.deployment().map(Object::toString).orElse("none")));
    return rows;
  }

  /** Returns the finite values of a metric by step. */
  private static List<Point> points(List<TrainingMetrics> metrics, String name) {
    List<Point> points = new ArrayList<>();
    for (TrainingMetrics at : metrics) {
      OptionalDouble value = at.find(name);
      if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
        points.add(new Point(at.step(), value.getAsDouble()));
      }
    }
    points.sort((left, right) -> Double.compare(left.x(), right.x()));
    return points;
  }

  /** Returns at most {@link #MAXIMUM_POINTS} points, averaging neighbours if there are more. */
  private static List<Point> thinned(List<Point> points) {
    int group = (points.size() + MAXIMUM_POINTS - 1) / MAXIMUM_POINTS;
    if (group <= 1) {
      return points;
    }
    List<Point> thinned = new ArrayList<>();
    for (int from = 0; from < points.size(); from += group) {
      List<Point> neighbours = points.subList(from, Math.min(points.size(), from + group));
      thinned.add(mean(neighbours));
    }
    return thinned;
  }

  /** Replaces each point by the mean of a window a twentieth of the curve wide. */
  private static List<Point> smoothed(List<Point> points) {
    int reach = Math.max(1, points.size() / 40);
    List<Point> smoothed = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      // The window shrinks towards both ends, so that the curve keeps its first and last point.
      int around = Math.min(reach, Math.min(i, points.size() - 1 - i));
      smoothed.add(
          new Point(points.get(i).x(), mean(points.subList(i - around, i + around + 1)).y()));
    }
    return smoothed;
  }

  private static Point mean(List<Point> points) {
    double x = points.stream().mapToDouble(Point::x).average().orElseThrow();
    double y = points.stream().mapToDouble(Point::y).average().orElseThrow();
    return new Point(x, y);
  }
}
