package dev.finetune4j.internal.page;

/** A picture of figures that says in words what it shows. Immutable. */
public sealed interface Chart permits LineChart, ScatterChart, DotChart, BarChart, ColumnChart {

  /** Returns the title, for those who do not see the picture too. */
  String title();

  /** Returns in a sentence or two what the picture shows, for those who do not see it. */
  String description();

  /**
   * Returns the picture, {@code width} pixels wide; its letters have the size of the page's small
   * text at that width.
   *
   * @param id unique on the page
   */
  Markup svg(String id, int width);
}
