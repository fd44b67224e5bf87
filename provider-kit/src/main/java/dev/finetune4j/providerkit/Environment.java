package dev.finetune4j.providerkit;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Environment variables; a blank one counts as not set. Immutable and thread-safe.
 *
 * @param variables by name
 */
public record Environment(Map<String, String> variables) {

  /** Copies the map. */
  public Environment {
    variables = Map.copyOf(variables);
  }

  /** Returns the value without the white space around it, empty if it is not set. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(variables.get(Objects.requireNonNull(name, "name")))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /**
   * Returns the value.
   *
   * @param cure the sentence that tells a person what to set it to
   * @throws IllegalArgumentException if it is not set; the message names it
   */
  public String require(String name, String cure) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The environment variable " + name + " is not set. " + cure));
  }

  /** Returns the names only: some of the values are secret. */
  @Override
  public String toString() {
    return "Environment(" + variables.keySet() + ")";
  }
}
