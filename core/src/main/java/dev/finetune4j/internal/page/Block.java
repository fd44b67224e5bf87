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
   * @param text the text itself, line breaks kept
   */
  record LabelledText(String label, Tone tone, String mark, String text) {}

  /**
   * Text for a machine, such as a command.
   *
   * @param text the text, line breaks kept
   */
  record Listing(String text) implements Block {}
}
