package dev.finetune4j.internal.page;

import java.util.List;

/** A block of a page, independent of its presentation. Immutable. */
public sealed interface Block {

  /** The tone of a banner or a mark. */
  enum Tone {
    /** Good news. */
    GOOD,
    /** Bad news. */
    BAD,
    /** Neutral. */
    PLAIN
  }

  /**
   * The main message of the page.
   *
   * @param tone its tone
   * @param headline the sentence
   * @param text the explanation
   */
  record Banner(Tone tone, String headline, String text) implements Block {}

  /**
   * A paragraph.
   *
   * @param text the text
   */
  record Paragraph(String text) implements Block {}

  /**
   * A bullet list.
   *
   * @param points the points
   */
  record Bullets(List<Bullet> points) implements Block {

    /** Copies the list. */
    public Bullets {
      points = List.copyOf(points);
    }
  }

  /**
   * One point of a list.
   *
   * @param tone its tone
   * @param mark a word for the tone
   * @param text the point
   * @param note its source; may be empty
   */
  record Bullet(Tone tone, String mark, String text, String note) {}

  /**
   * The key figures.
   *
   * @param figures the figures
   */
  record KeyFigures(List<KeyFigure> figures) implements Block {

    /** Copies the list. */
    public KeyFigures {
      figures = List.copyOf(figures);
    }
  }

  /**
   * A labelled figure.
   *
   * @param label the label
   * @param value the figure
   * @param note its uncertainty or a reference value; may be empty
   */
  record KeyFigure(String label, String value, String note) {}

  /**
   * A table.
   *
   * @param columns the column names; {@code #} at the start marks a numeric column
   * @param rows the cells, row by row
   */
  record Table(List<String> columns, List<List<String>> rows) implements Block {

    /** Copies the lists. */
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A chart.
   *
   * @param chart the chart
   */
  record Figure(Chart chart) implements Block {}

  /**
   * Cases with texts side by side.
   *
   * @param cases the cases
   */
  record Cases(List<Case> cases) implements Block {

    /** Copies the list. */
    public Cases {
      cases = List.copyOf(cases);
    }
  }

  /**
   * One case.
   *
   * @param heading the heading
   * @param texts the texts to compare
   */
  record Case(String heading, List<LabelledText> texts) {

    /** Copies the list. */
    public Case {
      texts = List.copyOf(texts);
    }
  }

  /**
   * A labelled text.
   *
   * @param label the label
   * @param tone the tone of the mark
   * @param mark a word for the tone; may be empty
   * @param pieces the text in pieces, with line breaks preserved
   */
  record LabelledText(String label, Tone tone, String mark, List<Piece> pieces) {

    /** Copies the list. */
    public LabelledText {
      pieces = List.copyOf(pieces);
    }

    /** Creates a text with a single piece. */
    public LabelledText(String label, Tone tone, String mark, String text) {
      this(label, tone, mark, List.of(new Piece(text, Change.SAME)));
    }
  }

  /** How a piece of a text differs from the text that it is compared with. */
  enum Change {
    /** In both texts. */
    SAME,
    /** Only in this text. */
    ADDED,
    /** Only in the other text; shown as missing. */
    MISSING
  }

  /**
   * A piece of a text.
   *
   * @param text the text
   * @param change how it differs
   */
  record Piece(String text, Change change) {}

  /**
   * Optional details: collapsed on a screen, always open in print.
   *
   * @param summary the summary
   * @param blocks the content
   */
  record Details(String summary, List<Block> blocks) implements Block {

    /** Copies the list. */
    public Details {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * Preformatted text, such as a command.
   *
   * @param text the text, with line breaks preserved
   */
  record Listing(String text) implements Block {}
}
