package dev.finetune4j.internal.page;

import java.util.List;
import java.util.Locale;

/**
 * A horizontal bar chart with two stacked parts per row.
 *
 * @param title the title
 * @param description the description for readers who cannot see the chart
 * @param firstPart the label of the filled part
 * @param secondPart the label of the outlined part
 * @param rows the bars, from top to bottom
 */
public record BarChart(
    String title, String description, String firstPart, String secondPart, List<Row> rows)
    implements Chart {
  private static final int ROW = 44;
  private static final int TOP = 30;
  private static final int BOTTOM = 24;
  private static final int SIDE = 22;

  /**
   * One row.
   *
   * @param name the label of the row
   * @param first the length of the first part, at least 0
   * @param second the length of the second part, at least 0
   */
  public record Row(String name, double first, double second) {}

  /** Copies the list. */
  public BarChart {
    rows = List.copyOf(rows);
  }

  @Override
  public boolean isEmpty() {
    return rows.stream().allMatch(row -> row.first() == 0 && row.second() == 0);
  }

  @Override
  public Markup svg(String id, int width) {
    int height = TOP + ROW * rows.size() + BOTTOM;
    Svg svg = new Svg(this, id, width, height);
    double longest = rows.stream().mapToDouble(row -> row.first() + row.second()).max().orElse(1);
    Scale scale = Scale.nice(0, Math.max(longest, 1), width / 120);
    int floor = height - BOTTOM;
    for (double tick : scale.ticks()) {
      double at = scale.place(tick, SIDE, width - SIDE);
      svg.line("grid", at, TOP, at, floor);
      svg.text("tick", "middle", at, floor + 17, scale.label(tick));
    }
    legend(svg);
    for (int i = 0; i < rows.size(); i++) {
      row(svg, rows.get(i), scale, width, TOP + ROW * i);
    }
    svg.line("axis", SIDE, TOP, SIDE, floor);
    return svg.end();
  }

  private void legend(Svg svg) {
    svg.rectangle("bar-first", SIDE, 6, 14, 10);
    svg.text("label", "start", SIDE + 20, 15, firstPart);
    int at = SIDE + 40 + 7 * firstPart.length();
    svg.rectangle("bar-second", at, 6, 14, 10);
    svg.text("label", "start", at + 20, 15, secondPart);
  }

  private static void row(Svg svg, Row row, Scale scale, int width, int top) {
    double first = scale.place(row.first(), SIDE, width - SIDE);
    double both = scale.place(row.first() + row.second(), SIDE, width - SIDE);
    svg.text("name", "start", SIDE + 6, top + 15, Svg.fitting(row.name(), width - 2 * SIDE - 70));
    svg.text(
        "value",
        "end",
        width - SIDE,
        top + 15,
        String.format(Locale.ROOT, "%,.0f", row.first() + row.second()));
    svg.rectangle("bar-first", SIDE, top + 21, first - SIDE, 14);
    svg.rectangle("bar-second", first, top + 21, both - first, 14);
  }
}
