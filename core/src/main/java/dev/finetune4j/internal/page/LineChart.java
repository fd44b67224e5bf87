package dev.finetune4j.internal.page;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A line chart.
 *
 * @param title the title, which names the measure of the vertical axis
 * @param description the description for readers who cannot see the chart
 * @param xLabel the label of the horizontal axis
 * @param series the lines in drawing order
 */
public record LineChart(String title, String description, String xLabel, List<Series> series)
    implements Chart {
  private static final int TOP = 30;
  private static final int BOTTOM = 42;
  private static final int LEFT = 40;
  private static final int RIGHT = 12;

  /** A style that distinguishes lines without color. */
  public enum Stroke {
    /** Thin and pale, for the measurements behind a smoothed line. */
    FAINT,
    /** Solid. */
    SOLID,
    /** Dashed, with a mark at each point. */
    MARKED
  }

  /**
   * One line.
   *
   * @param name the label
   * @param stroke the style
   * @param points finite points from left to right
   */
  public record Series(String name, Stroke stroke, List<Point> points) {}

  /**
   * One point.
   *
   * @param x to the right
   * @param y upwards
   */
  public record Point(double x, double y) {}

  /** Copies the list. */
  public LineChart {
    series = series.stream().filter(line -> !line.points().isEmpty()).toList();
  }

  @Override
  public boolean isEmpty() {
    return ys().allMatch(y -> y == 0);
  }

  @Override
  public Markup svg(String id, int width) {
    int height = Math.max(220, width * 2 / 5);
    Svg svg = new Svg(this, id, width, height);
    Scale x = Scale.nice(xs().min().orElse(0), xs().max().orElse(1), width / 90);
    Scale y = Scale.nice(Math.min(0, ys().min().orElse(0)), ys().max().orElse(1), 5);
    // Round ticks may extend far beyond the last step, so end the axis where the data end.
    Scale tight = new Scale(x.low(), Math.max(xs().max().orElse(1), x.low() + x.step()), x.step());
    axes(svg, tight, y, width, height);
    legend(svg);
    for (Series line : series) {
      draw(svg, line, tight, y, width, height);
    }
    return svg.end();
  }

  private void axes(Svg svg, Scale x, Scale y, int width, int height) {
    int floor = height - BOTTOM;
    for (double tick : y.ticks()) {
      double at = y.place(tick, floor, TOP);
      svg.line("grid", LEFT, at, width - RIGHT, at);
      svg.text("tick", "end", LEFT - 6, at + 4, y.label(tick));
    }
    for (double tick : x.ticks()) {
      if (tick <= x.high()) {
        double at = x.place(tick, LEFT, width - RIGHT);
        svg.line("axis", at, floor, at, floor + 4);
        String label = x.label(tick);
        // Keep a long label at the end inside the chart.
        boolean atEnd = at + 4 * label.length() > width;
        svg.text("tick", atEnd ? "end" : "middle", atEnd ? width - 1 : at, floor + 17, label);
      }
    }
    svg.line("axis", LEFT, floor, width - RIGHT, floor);
    svg.text("label", "middle", (LEFT + width - RIGHT) / 2.0, height - 6, xLabel);
  }

  private void legend(Svg svg) {
    int at = 4;
    for (Series line : series) {
      svg.line(style(line), at, 10, at + 24, 10);
      if (line.stroke() == Stroke.MARKED) {
        svg.circle("mark-second", at + 12, 10, 3.5);
      }
      svg.text("label", "start", at + 29, 14, line.name());
      at += 45 + 63 * line.name().length() / 10;
    }
  }

  private static void draw(Svg svg, Series line, Scale x, Scale y, int width, int height) {
    StringBuilder path = new StringBuilder();
    for (Point point : line.points()) {
      double right = x.place(point.x(), LEFT, width - RIGHT);
      double up = y.place(point.y(), height - BOTTOM, TOP);
      path.append(path.isEmpty() ? "M" : "L").append(Svg.number(right)).append(' ');
      path.append(Svg.number(up));
      if (line.stroke() == Stroke.MARKED) {
        svg.circle("mark-second", right, up, 3.5);
      }
    }
    svg.path(style(line), path.toString());
  }

  private static String style(Series line) {
    return switch (line.stroke()) {
      case FAINT -> "line-faint";
      case SOLID -> "line-first";
      case MARKED -> "line-second";
    };
  }

  private DoubleStream xs() {
    return series.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::x);
  }

  private DoubleStream ys() {
    return series.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y);
  }
}
