package dev.finetune4j.internal.page;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a page as Markdown for GitHub and CommonMark. Not thread-safe. */
final class MarkdownForm {
  private static final String SPECIAL = "\\`*_[]|~";

  private final StringBuilder out = new StringBuilder();

  String page(Page page) {
    out.append("# ").append(escape(page.title())).append("\n\n");
    out.append(escape(page.subtitle())).append('\n');
    for (Page.Section section : page.sections()) {
      if (!section.title().isEmpty()) {
        out.append("\n## ").append(escape(section.title())).append('\n');
      }
      for (Block block : section.blocks()) {
        out.append('\n');
        block(block);
      }
    }
    return out.toString();
  }

  private void block(Block block) {
    if (block instanceof Block.Banner banner) {
      line("**" + escape(banner.headline()) + "**");
      out.append('\n');
      line(escape(banner.text()));
    } else if (block instanceof Block.Paragraph paragraph) {
      line(escape(paragraph.text()));
    } else if (block instanceof Block.Bullets bullets) {
      bullets.points().forEach(this::bullet);
    } else if (block instanceof Block.KeyFigures keyFigures) {
      keyFigures.figures().forEach(this::keyFigure);
    } else if (block instanceof Block.Table table) {
      table(table);
    } else if (block instanceof Block.Figure figure) {
      line("*" + escape(figure.chart().title()) + "*: " + escape(figure.chart().description()));
    } else if (block instanceof Block.Cases cases) {
      cases.cases().forEach(this::oneCase);
    } else if (block instanceof Block.Listing listing) {
      fenced(listing.text());
    } else if (block instanceof Block.Details details) {
      line("**" + escape(details.summary()) + "**");
      for (Block inner : details.blocks()) {
        out.append('\n');
        block(inner);
      }
    }
  }

  private void bullet(Block.Bullet bullet) {
    String note = bullet.note().isEmpty() ? "" : " (" + code(bullet.note()) + ")";
    line("- **" + escape(bullet.mark()) + "**: " + escape(bullet.text()) + note);
  }

  private void keyFigure(Block.KeyFigure figure) {
    String note = figure.note().isEmpty() ? "" : ", " + escape(figure.note());
    line("- " + escape(figure.label()) + ": **" + escape(figure.value()) + "**" + note);
  }

  private void table(Block.Table table) {
    line(row(table.columns().stream().map(MarkdownForm::name).toList()));
    line(
        table.columns().stream()
            .map(column -> column.startsWith("#") ? "---:" : "---")
            .collect(Collectors.joining(" | ", "| ", " |")));
    table.rows().forEach(cells -> line(row(cells)));
  }

  private void oneCase(Block.Case oneCase) {
    line("### " + escape(oneCase.heading()));
    for (Block.LabelledText text : oneCase.texts()) {
      String mark = text.mark().isEmpty() ? "" : ", " + escape(text.mark());
      line("\n" + escape(text.label()) + mark + ":\n");
      fenced(plain(text));
    }
    out.append('\n');
  }

  /** Markdown cannot show differences inside a text, so leave out missing pieces. */
  private static String plain(Block.LabelledText text) {
    return text.pieces().stream()
        .filter(piece -> piece.change() != Block.Change.MISSING)
        .map(Block.Piece::text)
        .collect(Collectors.joining());
  }

  /**
   * Writes a fence longer than any run of backticks in the text, so that the text cannot close it.
   */
  private void fenced(String text) {
    int longest = 2;
    int row = 0;
    for (int i = 0; i < text.length(); i++) {
      row = text.charAt(i) == '`' ? row + 1 : 0;
      longest = Math.max(longest, row);
    }
    String fence = "`".repeat(longest + 1);
    line(fence);
    line(text.replace("\r", ""));
    line(fence);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String row(List<String> cells) {
    return cells.stream().map(MarkdownForm::escape).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String name(String column) {
    return column.startsWith("#") ? column.substring(1) : column;
  }

  private static String code(String text) {
    return "`" + text.replace('`', '\'').replaceAll("\\R", " ") + "`";
  }

  /** Returns the text on one line, with all Markdown and HTML escaped. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        safe.append(' ');
      } else if (c == '<' || c == '>' || c == '&') {
        safe.append(c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
      } else if (SPECIAL.indexOf(c) >= 0 || startsBlock(text, i)) {
        safe.append('\\').append(c);
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  /**
   * Returns whether a character starts a heading, a list or a rule, which only the start of a line
   * can.
   */
  private static boolean startsBlock(String text, int i) {
    char c = text.charAt(i);
    if ("#-+=.)".indexOf(c) < 0) {
      return false;
    }
    String before = text.substring(0, i).strip();
    char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
    if (before.isEmpty()) {
      return (c == '#' || c == '-' || c == '+' || c == '=') && (next == c || next == ' ');
    }
    return (c == '.' || c == ')') && next == ' ' && before.matches("\\d{1,9}");
  }
}
