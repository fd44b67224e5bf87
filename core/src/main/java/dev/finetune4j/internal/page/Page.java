package dev.finetune4j.internal.page;

import java.util.List;

/**
 * A whole page, without its looks. Immutable.
 *
 * @param title the name of the page
 * @param subtitle what it is about, in a line
 * @param sections its parts
 */
public record Page(String title, String subtitle, List<Section> sections) {

  /**
   * A part of a page.
   *
   * @param title its heading; empty for the first part, which needs none
   * @param blocks what stands in it
   */
  public record Section(String title, List<Block> blocks) {

    /** Copies the list. */
    public Section {
      blocks = List.copyOf(blocks);
    }
  }

  /** Copies the list. */
  public Page {
    sections = List.copyOf(sections);
  }

  /** Returns the page as one HTML file that needs nothing else and makes no request. */
  public String html() {
    return new HtmlForm().page(this);
  }

  /** Returns the page as Markdown, charts as their descriptions. */
  public String markdown() {
    return new MarkdownForm().page(this);
  }
}
