package dev.finetune4j.inference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How likely the model held one token of its answer. Immutable and thread-safe.
 *
 * @param token the text of the token
 * @param logProbability the natural logarithm of its probability, at most 0
 * @param alternatives other possible tokens, likeliest first, each with its logarithm; empty unless
 *     they were asked for
 */
public record TokenProbability(
    String token, double logProbability, Map<String, Double> alternatives) {

  /** Copies the map, keeping its order. */
  public TokenProbability {
    alternatives = Collections.unmodifiableMap(new LinkedHashMap<>(alternatives));
  }
}
