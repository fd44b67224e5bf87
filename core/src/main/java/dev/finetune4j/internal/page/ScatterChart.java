package dev.finetune4j.internal.page;

import java.util.List;

/**
 * Cost (horizontal) against quality (vertical) with intervals. Marks are numbered, and a legend
 * below gives their names.
 *
 * @param title the title
 * @param description the description for readers who cannot see the chart
 * @param xLabel the label of the horizontal axis
 * @param marks the marks, in the order of their numbers
 */
public record ScatterChart(String title, String description, String xLabel, List<Mark> marks)
    implements Chart {
  private static final int TOP = 16;
  private static final int BOTTOM = 42;
  private static final int LEFT = 52;
  private static final int RIGHT = 24;
  private static final int LEGEND_ROW = 22;

  /**
   * One mark. Quality is a fraction from 0 to 1.
   *
   * @param name the name in the legend
   * @param x the cost, at least 0
   * @param share the quality
   * @param low the start of its interval
   * @param high the end of its interval
   * @param emphasised whether to emphasise it
   */
  public record Mark(
      String name, double x, double share, double low, double high, boolean emphasised) {}

  /** Copies the list. */
  public ScatterChart {
    marks = List.copyOf(marks);
  }

  @Override
  public boolean isEmpty() {
    return marks.stream().allMatch(mark -> mark.x() == 0)
        || marks.stream().allMatch(mark -> mark.share() == 0);
  }

  @Override
  public Markup svg(String id, int width) {
    int floor = Math.max(220, width * 2 / 5);
    int height = floor + BOTTOM + LEGEND_ROW * marks.size();
    Svg svg = new Svg(this, id, width, height);
    double most = marks.stream().mapToDouble(Mark::x).max().orElse(1);
    Scale across = Scale.nice(0, most > 0 ? most : 1, width < 500 ? 3 : 6);
    Scale up = new Scale(0, 1, 0.25);
    for (double tick : across.ticks()) {
      double at = across.place(tick, LEFT, width - RIGHT);
      svg.line("grid", at, TOP, at, floor);
      svg.text("tick", "middle", at, floor + 17, across.label(tick));
    }
    for (double tick : up.ticks()) {
      double at = up.place(tick, floor, TOP);
      svg.line("grid", LEFT, at, width - RIGHT, at);
      svg.text("tick", "end", LEFT - 6, at + 4, Math.round(100 * tick) + " %");
    }
    svg.line("axis", LEFT, floor, width - RIGHT, floor);
    svg.text("label", "middle", width / 2.0, floor + 36, xLabel);
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      double x = across.place(mark.x(), LEFT, width - RIGHT);
      String style = mark.emphasised() ? "first" : "second";
      double low = up.place(mark.low(), floor, TOP);
      double high = up.place(mark.high(), floor, TOP);
      svg.line("whisker-" + style, x, low, x, high);
      svg.line("whisker-" + style, x - 7, low, x + 7, low);
      svg.line("whisker-" + style, x - 7, high, x + 7, high);
      number(svg, style, x, up.place(mark.share(), floor, TOP), i + 1);
      double row = floor + BOTTOM + LEGEND_ROW * i + 12;
      number(svg, style, LEFT - 6, row - 4, i + 1);
      svg.text("value", "start", LEFT + 10, row, Svg.fitting(mark.name(), width - LEFT - 20));
    }
    return svg.end();
  }

  private static void number(Svg svg, String style, double x, double y, int number) {
    svg.circle("mark-" + style, x, y, 8);
    svg.text("inside", "middle", x, y + 4, String.valueOf(number));
  }
}
