package dev.finetune4j.token;

import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.Example;

/**
 * Counts the tokens of texts and examples as one model's tokenizer would, or estimates them.
 * Thread-safe.
 */
public interface TokenCounter {

  /** Returns the tokens of a bare text. */
  long count(String text);

  /**
   * Returns the tokens of a whole example as it is trained on, the marks between messages included.
   */
  long count(Example example);

  /**
   * Returns by how many tokens the count of an example may be too high or too low, because of
   * images and declared tools. Their tokens depend on the size of the image, which is not read, and
   * on how a service writes tools, which none publishes. 0 for an example without them.
   */
  default long margin(Example example) {
    long characters = 0;
    for (ToolDefinition tool : example.tools()) {
      characters +=
          tool.name().length() + tool.description().length() + tool.parametersJson().length();
    }
    // A token has about four characters of text, and a quarter of them may be wrong.
    return ImageTokens.margin(example) + (characters + 15) / 16;
  }

  /**
   * Returns whether the counts of texts are exact; otherwise they are estimates and must be shown
   * as such.
   */
  boolean isExact();
}
