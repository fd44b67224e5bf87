package dev.finetune4j.internal.page;

import java.util.List;

/**
 * A page, independent of its presentation. Immutable.
 *
 * @param title the title of the page
 * @param subtitle one line below the title
 * @param sections the sections
 */
public record Page(String title, String subtitle, List<Section> sections) {

  /**
   * A section of a page, without charts that show nothing.
   *
   * @param title the heading; empty for none
   * @param blocks the content
   */
  public record Section(String title, List<Block> blocks) {

    /** Copies the list. */
    public Section {
      blocks =
          blocks.stream()
              .filter(it -> !(it instanceof Block.Figure figure && figure.chart().isEmpty()))
              .toList();
    }
  }

  /** Copies the list. */
  public Page {
    sections = List.copyOf(sections);
  }

  /** Returns the page as self-contained HTML. */
  public String html() {
    return new HtmlForm().page(this);
  }

  /** Returns the page as Markdown, with charts replaced by their descriptions. */
  public String markdown() {
    return new MarkdownForm().page(this);
  }
}
