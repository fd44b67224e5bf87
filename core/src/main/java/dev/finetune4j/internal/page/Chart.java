package dev.finetune4j.internal.page;

/** A chart with a textual description. Immutable. */
public sealed interface Chart permits LineChart, ScatterChart, DotChart, BarChart, ColumnChart {

  /** Returns the title. */
  String title();

  /** Returns a description of one or two sentences, for readers who cannot see the chart. */
  String description();

  /** Returns whether all figures on an axis are zero, so that the chart shows nothing. */
  boolean isEmpty();

  /**
   * Returns the chart as SVG, {@code width} pixels wide. At that width its text has the size of the
   * page's small text.
   *
   * @param id unique on the page
   */
  Markup svg(String id, int width);
}
