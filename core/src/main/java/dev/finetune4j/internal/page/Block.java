package dev.finetune4j.internal.page;

import java.util.List;

/** A piece of a page, without its looks. Immutable. */
public sealed interface Block {

  /** How a banner or a mark is meant. */
  enum Tone {
    /** Good news. */
    GOOD,
    /** Bad news. */
    BAD,
    /** Neither. */
    PLAIN
  }

  /**
   * The one sentence that must be read.
   *
   * @param tone how it is meant
   * @param headline the sentence
   * @param text what follows from it
   */
  record Banner(Tone tone, String headline, String text) implements Block {}

  /**
   * A paragraph.
   *
   * @param text its text
   */
  record Paragraph(String text) implements Block {}

  /**
   * Points one under the other.
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
   * @param tone how it is meant
   * @param mark a word that says so
   * @param text the point
   * @param note where it comes from; may be empty
   */
  record Bullet(Tone tone, String mark, String text, String note) {}

  /**
   * The figures that a hurried reader wants.
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
   * One figure with its name.
   *
   * @param label what it is
   * @param value the figure
   * @param note its uncertainty, or what to hold it against; may be empty
   */
  record KeyFigure(String label, String value, String note) {}

  /**
   * A table.
   *
   * @param columns the names of the columns; one that starts with {@code #} holds figures
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
   * Texts side by side, case by case.
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
   * @param heading what it is an example of
   * @param texts the texts to look at together
   */
  record Case(String heading, List<LabelledText> texts) {

    /** Copies the list. */
    public Case {
      texts = List.copyOf(texts);
    }
  }

  /**
   * A text with its name.
   *
   * @param label whose text it is
   * @param tone how it was judged
   * @param mark a word that says so; may be empty
   * @param pieces the text itself, line breaks kept, in pieces that differ or do not
   */
  record LabelledText(String label, Tone tone, String mark, List<Piece> pieces) {

    /** Copies the list. */
    public LabelledText {
      pieces = List.copyOf(pieces);
    }

    /** Makes a text of one piece. */
    public LabelledText(String label, Tone tone, String mark, String text) {
      this(label, tone, mark, List.of(new Piece(text, Change.SAME)));
    }
  }

  /** How a piece of a text differs from the text that it is held against. */
  enum Change {
    /** It stands in both. */
    SAME,
    /** It stands only here. */
    ADDED,
    /** It stands only there, and is shown here as missing. */
    MISSING
  }

  /**
   * A piece of a text.
   *
   * @param text its letters
   * @param change how it differs
   */
  record Piece(String text, Change change) {}

  /**
   * What only some readers want: closed at first on a screen, always open in print.
   *
   * @param summary what is inside
   * @param blocks the inside
   */
  record Details(String summary, List<Block> blocks) implements Block {

    /** Copies the list. */
    public Details {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * Text for a machine, such as a command.
   *
   * @param text the text, line breaks kept
   */
  record Listing(String text) implements Block {}
}
