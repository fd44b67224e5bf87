package dev.finetune4j.huggingface.internal.space;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Settings of training in Spaces.
 *
 * @param flavor the machine
 * @param timeout the time after which training is ended and a forgotten Space sleeps
 * @param token supplies the token with which the Space uploads its result; passed as a secret
 */
public record SpaceSettings(String flavor, Duration timeout, Supplier<String> token) {
  @Override
  public String toString() {
    return "SpaceSettings(" + flavor + ", " + timeout + ")";
  }
}
