package dev.finetune4j.chat;

import java.net.URI;

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
   */
  record Image(URI location) implements ContentPart {
    @Override
    public String text() {
      return "";
    }
  }

  /**
   * What the model says where it declines to answer.
   *
   * @param text the refusal in words
   */
  record Refusal(String text) implements ContentPart {}
}
