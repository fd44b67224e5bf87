package dev.finetune4j.huggingface.internal.space;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How trainings run in Spaces.
 *
 * @param flavor the kind of machine
 * @param timeout after which a training is ended, and a forgotten Space sleeps
 * @param token what the Space writes its result with; travels as a secret
 */
public record SpaceSettings(String flavor, Duration timeout, Supplier<String> token) {
  @Override
  public String toString() {
    return "SpaceSettings(" + flavor + ", " + timeout + ")";
  }
}
