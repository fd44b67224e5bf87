package dev.finetune4j;

import java.util.Objects;

/**
 * A model by name at one provider: a base model or a fine-tuned one. The name is the provider's own
 * and is not interpreted.
 *
 * <p>Immutable and thread-safe.
 *
 * @param provider who serves the model
 * @param name what the provider calls it, for example {@code gpt-4.1-mini-2025-04-14}; not blank
 */
public record ModelReference(ProviderId provider, String name) {

  /** Checks that the name is there. */
  public ModelReference {
    Objects.requireNonNull(provider, "provider");
    if (name.isBlank()) {
      throw new IllegalArgumentException("A model reference needs the name of a model.");
    }
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text is not of the form {@code provider:id}
   */
  public static ModelReference parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "A reference to a model has the form provider:id, unlike \"" + text + "\".");
    }
    return new ModelReference(new ProviderId(text.substring(0, colon)), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return provider + ":" + name;
  }
}
