package dev.finetune4j.token;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.dataset.Example;

/**
 * The tokens of images, by OpenAI's rule for gpt-4o and gpt-4.1: 85 with low detail, otherwise 85
 * and 170 for each tile of 512 × 512 pixels. Images are scaled to at most 2,048 × 768 pixels, which
 * is 1 to 8 tiles; one of 1,024 × 1,024 pixels has 4. From OpenAI's guide to images and vision, as
 * implemented by agentscope and described in openai-python issue 2851, read on 2026-12-01.
 */
public final class ImageTokens {
  private static final long LOW = 85;
  private static final long USUAL = LOW + 4 * 170;
  private static final long MOST = LOW + 8 * 170;

  private ImageTokens() {}

  /** Returns the tokens of an image: exact with low detail, those of a usual size otherwise. */
  public static long of(ContentPart.Image image) {
    return isLow(image) ? LOW : USUAL;
  }

  /** Returns by how much the tokens of the images of an example may be wrong. */
  static long margin(Example example) {
    return example.messages().stream()
        .flatMap(message -> message.content().stream())
        .filter(part -> part instanceof ContentPart.Image image && !isLow(image))
        .mapToLong(part -> MOST - USUAL)
        .sum();
  }

  private static boolean isLow(ContentPart.Image image) {
    return image.detail().filter("low"::equals).isPresent();
  }
}
