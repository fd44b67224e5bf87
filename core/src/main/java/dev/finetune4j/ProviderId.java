package dev.finetune4j;

import java.util.Objects;

/**
 * The short name of a provider, such as {@code openai} or {@code local}: stable, safe to store,
 * never shown to a service.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value lower-case letters, digits and hyphens, 1 to 40 characters
 */
public record ProviderId(String value) {

  /** Checks the name. */
  public ProviderId {
    Objects.requireNonNull(value, "value");
    if (!value.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "A provider id has 1 to 40 lower-case letters, digits or hyphens, and this has not: \""
              + value
              + "\"");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
