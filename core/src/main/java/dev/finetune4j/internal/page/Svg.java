package dev.finetune4j.internal.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The SVG shapes of charts. Colors come from the page's style sheet. */
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
    shape("line", style, List.of("x1", "y1", "x2", "y2"), x1, y1, x2, y2);
  }

  void path(String style, String data) {
    out.open("path", "class", style, "d", data).close("path");
  }

  void rectangle(String style, double x, double y, double width, double height) {
    List<String> names = List.of("x", "y", "width", "height");
    shape("rect", style, names, x, y, Math.max(0, width), Math.max(0, height));
  }

  void circle(String style, double x, double y, double radius) {
    shape("circle", style, List.of("cx", "cy", "r"), x, y, radius);
  }

  private void shape(String element, String style, List<String> names, double... values) {
    List<String> attributes = new ArrayList<>(List.of("class", style));
    for (int i = 0; i < values.length; i++) {
      attributes.add(names.get(i));
      attributes.add(number(values[i]));
    }
    out.open(element, attributes.toArray(String[]::new)).close(element);
  }

  /** Adds text anchored at its {@code start}, {@code middle} or {@code end}. */
  void text(String style, String anchor, double x, double y, String text) {
    out.element(
        "text", text, "class", style, "text-anchor", anchor, "x", number(x), "y", number(y));
  }

  /** Shortens {@code text} to about {@code width} pixels of bold letters. */
  static String fitting(String text, double width) {
    int most = Math.max(4, (int) (width / 7.6));
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
