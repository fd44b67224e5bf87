package dev.finetune4j.internal.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Writes a page as HTML. Not thread-safe. */
final class HtmlForm {
  private static final int WIDE = 760;
  private static final int NARROW = 330;
  // Blocks scripts and requests even if something were not escaped.
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final Markup out = new Markup();
  private int figures;

  String page(Page page) {
    out.open("!doctype html").line().open("html", "lang", "en").open("head");
    out.open("meta", "charset", "utf-8");
    out.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    out.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.open("meta", "name", "color-scheme", "content", "light dark");
    out.element("title", page.title()).style(styleSheet()).close("head").line();
    out.open("body").open("main").open("header");
    out.element("h1", page.title()).element("p", page.subtitle(), "class", "subtitle");
    out.close("header").line();
    page.sections().forEach(this::section);
    out.close("main").close("body").close("html").line();
    return out.toString();
  }

  private void section(Page.Section section) {
    out.open("section");
    if (!section.title().isEmpty()) {
      out.element("h2", section.title());
    }
    section.blocks().forEach(this::block);
    out.close("section").line();
  }

  private void block(Block block) {
    if (block instanceof Block.Banner banner) {
      out.open("div", "class", "banner " + word(banner.tone()));
      out.element("p", banner.headline(), "class", "headline");
      out.element("p", banner.text()).close("div");
    } else if (block instanceof Block.Paragraph paragraph) {
      out.element("p", paragraph.text());
    } else if (block instanceof Block.Bullets bullets) {
      bullets(bullets);
    } else if (block instanceof Block.KeyFigures keyFigures) {
      keyFigures(keyFigures);
    } else if (block instanceof Block.Table table) {
      table(table);
    } else if (block instanceof Block.Figure figure) {
      figure(figure.chart());
    } else if (block instanceof Block.Cases cases) {
      cases.cases().forEach(this::oneCase);
    } else if (block instanceof Block.Listing listing) {
      out.element("pre", listing.text(), "class", "listing", "tabindex", "0");
    } else if (block instanceof Block.Details details) {
      out.open("details").element("summary", details.summary());
      details.blocks().forEach(this::block);
      out.close("details");
    }
    out.line();
  }

  private void bullets(Block.Bullets bullets) {
    out.open("ul", "class", "reasons");
    for (Block.Bullet bullet : bullets.points()) {
      out.open("li").element("span", bullet.mark(), "class", "mark " + word(bullet.tone()));
      out.open("div").text(bullet.text());
      if (!bullet.note().isEmpty()) {
        out.element("small", bullet.note());
      }
      out.close("div").close("li");
    }
    out.close("ul");
  }

  private void keyFigures(Block.KeyFigures keyFigures) {
    out.open("dl", "class", "figures");
    for (Block.KeyFigure figure : keyFigures.figures()) {
      out.open("div").element("dt", figure.label()).element("dd", figure.value());
      if (!figure.note().isEmpty()) {
        out.element("dd", figure.note(), "class", "note");
      }
      out.close("div");
    }
    out.close("dl");
  }

  /**
   * Writes a table whose cells carry their column names, since narrow screens show rows as cards.
   */
  private void table(Block.Table table) {
    // Tables of two columns are name-value pairs and need no labels on a phone.
    out.open("table", "class", table.columns().size() == 2 ? "pairs" : "rows")
        .open("thead")
        .open("tr");
    for (String column : table.columns()) {
      out.element("th", name(column), "scope", "col", "class", style(column));
    }
    out.close("tr").close("thead").open("tbody");
    for (List<String> row : table.rows()) {
      out.open("tr");
      for (int i = 0; i < row.size(); i++) {
        String column = table.columns().get(i);
        out.element("td", row.get(i), "class", style(column), "data-label", name(column));
      }
      out.close("tr");
    }
    out.close("tbody").close("table");
  }

  /** Writes the chart in two sizes; the style sheet shows the size that fits the screen. */
  private void figure(Chart chart) {
    figures++;
    out.open("figure").element("figcaption", chart.title());
    out.open("div", "class", "wide").add(chart.svg("figure-" + figures + "w", WIDE)).close("div");
    out.open("div", "class", "narrow");
    out.add(chart.svg("figure-" + figures + "n", NARROW)).close("div");
    out.element("p", chart.description(), "class", "note").close("figure");
  }

  private void oneCase(Block.Case oneCase) {
    out.open("article").element("h3", oneCase.heading()).open("div", "class", "texts");
    for (Block.LabelledText text : oneCase.texts()) {
      out.open("div").open("h4").text(text.label());
      if (!text.mark().isEmpty()) {
        out.element("span", text.mark(), "class", "mark " + word(text.tone()));
      }
      // dir=auto confines right-to-left text to its own element.
      out.close("h4").open("pre", "dir", "auto");
      text.pieces().forEach(this::piece);
      out.close("pre").close("div");
    }
    out.close("div").close("article");
  }

  private void piece(Block.Piece piece) {
    switch (piece.change()) {
      case SAME -> out.text(piece.text());
      case ADDED -> out.element("ins", piece.text());
      case MISSING -> out.element("del", piece.text());
    }
  }

  private static String name(String column) {
    return column.startsWith("#") ? column.substring(1) : column;
  }

  private static String style(String column) {
    return column.startsWith("#") ? "number" : "words";
  }

  private static String word(Block.Tone tone) {
    return tone.name().toLowerCase(Locale.ROOT);
  }

  private static String styleSheet() {
    try (InputStream sheet =
        Objects.requireNonNull(HtmlForm.class.getResourceAsStream("page.css"), "page.css")) {
      return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
