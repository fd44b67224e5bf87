package dev.finetune4j.chat;

import java.net.URI;
import java.util.Optional;

/** One piece of a message. Sealed; members may be added in a minor version that says so. */
public sealed interface ContentPart {

  /** Returns what this part contributes to the text of its message: empty for an image. */
  String text();

  /**
   * Plain text.
   *
   * @param text any text, also empty
   */
  record Text(String text) implements ContentPart {}

  /**
   * A picture.
   *
   * @param location an http(s) or data URL
   * @param detail how closely the model looks, in the provider's word ({@code low}, {@code high});
   *     empty lets it choose
   */
  record Image(URI location, Optional<String> detail) implements ContentPart {

    /** Creates an image whose level of detail the model chooses. */
    public Image(URI location) {
      this(location, Optional.empty());
    }

    @Override
    public String text() {
      return "";
    }
  }

  /**
   * A refusal to answer.
   *
   * @param text the refusal in words
   */
  record Refusal(String text) implements ContentPart {}
}
