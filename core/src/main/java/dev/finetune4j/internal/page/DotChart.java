package dev.finetune4j.internal.page;

import java.util.List;
import java.util.Locale;

/**
 * A dot with an interval for each row, on an axis from 0 to 100 %.
 *
 * @param title the title
 * @param description the description for readers who cannot see the chart
 * @param xLabel the label of the axis
 * @param rows the dots, from top to bottom
 */
public record DotChart(String title, String description, String xLabel, List<Row> rows)
    implements Chart {
  private static final int ROW = 46;
  private static final int TOP = 6;
  private static final int BOTTOM = 42;
  private static final int SIDE = 22;

  /**
   * One row. Values are fractions from 0 to 1.
   *
   * @param name the label of the row
   * @param value the formatted value
   * @param share the position of the dot
   * @param low the start of the interval
   * @param high the end of the interval
   * @param emphasised whether to emphasise the dot as a diamond
   */
  public record Row(
      String name, String value, double share, double low, double high, boolean emphasised) {}

  /** Copies the list. */
  public DotChart {
    rows = List.copyOf(rows);
  }

  @Override
  public boolean isEmpty() {
    return rows.stream().allMatch(row -> row.share() == 0);
  }

  @Override
  public Markup svg(String id, int width) {
    int height = TOP + ROW * rows.size() + BOTTOM;
    Svg svg = new Svg(this, id, width, height);
    Scale scale = new Scale(0, 1, width < 500 ? 0.25 : 0.1);
    int floor = height - BOTTOM;
    for (double tick : scale.ticks()) {
      double at = scale.place(tick, SIDE, width - SIDE);
      svg.line("grid", at, TOP, at, floor);
      svg.text("tick", "middle", at, floor + 17, Math.round(100 * tick) + " %");
    }
    svg.line("axis", SIDE, floor, width - SIDE, floor);
    svg.text("label", "middle", width / 2.0, height - 6, xLabel);
    for (int i = 0; i < rows.size(); i++) {
      row(svg, rows.get(i), scale, width, TOP + ROW * i);
    }
    return svg.end();
  }

  private static void row(Svg svg, Row row, Scale scale, int width, int top) {
    double middle = top + 31;
    double at = scale.place(row.share(), SIDE, width - SIDE);
    double low = scale.place(row.low(), SIDE, width - SIDE);
    double high = scale.place(row.high(), SIDE, width - SIDE);
    String style = row.emphasised() ? "first" : "second";
    svg.text("name", "start", SIDE, top + 16, Svg.fitting(row.name(), width - 2 * SIDE - 60));
    svg.text("value", "end", width - SIDE, top + 16, row.value());
    svg.line("whisker-" + style, low, middle, high, middle);
    svg.line("whisker-" + style, low, middle - 5, low, middle + 5);
    svg.line("whisker-" + style, high, middle - 5, high, middle + 5);
    if (row.emphasised()) {
      String diamond = String.format(Locale.ROOT, "M%.1f %.1fl7 7l-7 7l-7 -7Z", at, middle - 7);
      svg.path("mark-first", diamond);
    } else {
      svg.circle("mark-second", at, middle, 5);
    }
  }
}
