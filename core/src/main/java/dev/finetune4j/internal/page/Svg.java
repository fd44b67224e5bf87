package dev.finetune4j.internal.page;

import java.util.Locale;

/** The few SVG shapes that charts are made of. Colours come from the classes of the page. */
final class Svg {
  private final Markup out = new Markup();

  Svg(Chart chart, String id, int width, int height) {
    String box = "0 0 " + width + " " + height;
    out.open(
        "svg",
        "viewBox",
        box,
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-description",
        "style",
        "max-width:" + width + "px");
    out.element("title", chart.title(), "id", id + "-title");
    out.element("desc", chart.description(), "id", id + "-description");
  }

  Markup end() {
    return out.close("svg");
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    out.open(
            "line",
            "class",
            style,
            "x1",
            number(x1),
            "y1",
            number(y1),
            "x2",
            number(x2),
            "y2",
            number(y2))
        .close("line");
  }

  void path(String style, String data) {
    out.open("path", "class", style, "d", data).close("path");
  }

  void rectangle(String style, double x, double y, double width, double height) {
    out.open(
            "rect",
            "class",
            style,
            "x",
            number(x),
            "y",
            number(y),
            "width",
            number(Math.max(0, width)),
            "height",
            number(Math.max(0, height)))
        .close("rect");
  }

  void circle(String style, double x, double y, double radius) {
    out.open("circle", "class", style, "cx", number(x), "cy", number(y), "r", number(radius))
        .close("circle");
  }

  /** Adds text that is anchored at its {@code start}, {@code middle} or {@code end}. */
  void text(String style, String anchor, double x, double y, String text) {
    out.element(
        "text", text, "class", style, "text-anchor", anchor, "x", number(x), "y", number(y));
  }

  /** Returns as much of {@code text} as about {@code width} pixels of bold letters hold. */
  static String fitting(String text, double width) {
    int most = Math.max(4, (int) (width / 7.6));
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
