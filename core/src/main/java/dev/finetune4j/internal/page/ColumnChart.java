package dev.finetune4j.internal.page;

import java.util.List;

/**
 * A histogram with ranges of equal width.
 *
 * @param title the title
 * @param description the description for readers who cannot see the chart
 * @param xLabel the label of the horizontal axis
 * @param low the start of the first range
 * @param high the end of the last range
 * @param counts the count in each range
 */
public record ColumnChart(
    String title, String description, String xLabel, double low, double high, List<Long> counts)
    implements Chart {
  private static final int HEIGHT = 170;
  private static final int TOP = 8;
  private static final int BOTTOM = 42;
  private static final int LEFT = 46;
  private static final int RIGHT = 20;

  /** Copies the list. */
  public ColumnChart {
    counts = List.copyOf(counts);
  }

  @Override
  public boolean isEmpty() {
    return counts.stream().allMatch(count -> count == 0);
  }

  @Override
  public Markup svg(String id, int width) {
    Svg svg = new Svg(this, id, width, HEIGHT);
    int floor = HEIGHT - BOTTOM;
    long most = counts.stream().mapToLong(Long::longValue).max().orElse(1);
    Scale y = Scale.nice(0, (double) Math.max(1, most), 4);
    for (double tick : y.ticks()) {
      double at = y.place(tick, floor, TOP);
      svg.line("grid", LEFT, at, width - RIGHT, at);
      svg.text("tick", "end", LEFT - 6, at + 4, y.label(tick));
    }
    double wide = (width - RIGHT - LEFT) / (double) Math.max(1, counts.size());
    for (int i = 0; i < counts.size(); i++) {
      double top = y.place(counts.get(i), floor, TOP);
      svg.rectangle("bar-first", LEFT + wide * i + 1, top, wide - 2, floor - top);
    }
    Scale x = new Scale(low, Math.max(high, low + 1), (Math.max(high, low + 1) - low) / 4);
    for (double tick : x.ticks()) {
      double at = x.place(tick, LEFT, width - RIGHT);
      svg.text("tick", "middle", at, floor + 17, String.valueOf(Math.round(tick)));
    }
    svg.line("axis", LEFT, floor, width - RIGHT, floor);
    svg.text("label", "middle", (LEFT + width - RIGHT) / 2.0, HEIGHT - 6, xLabel);
    return svg.end();
  }
}
