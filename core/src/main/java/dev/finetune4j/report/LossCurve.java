package dev.finetune4j.report;

import dev.finetune4j.internal.page.LineChart.Point;
import dev.finetune4j.job.TrainingMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The losses of a job, thinned out and smoothed for a picture. */
final class LossCurve {
  private static final int MOST_POINTS = 240;

  private LossCurve() {}

  /** Returns every finite figure of that name, by step. */
  static List<Point> points(List<TrainingMetrics> metrics, String name) {
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

  /** Returns at most 240 points: each the mean of its neighbours where there are more. */
  static List<Point> thinned(List<Point> points) {
    int group = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
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

  /** Returns each point as the mean of a window around it, a twentieth of the curve wide. */
  static List<Point> smoothed(List<Point> points) {
    int reach = Math.max(1, points.size() / 40);
    List<Point> smoothed = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      // The window shrinks towards both ends, so that the curve starts and ends where it does.
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
