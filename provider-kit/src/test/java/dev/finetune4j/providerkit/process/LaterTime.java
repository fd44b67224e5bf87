package dev.finetune4j.providerkit.process;

import dev.finetune4j.Time;
import java.time.Duration;
import java.time.Instant;

/** The machine's clock, an hour fast. */
final class LaterTime implements Time {

  @Override
  public Instant now() {
    return Time.system().now().plus(Duration.ofHours(1));
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Time.system().sleep(duration);
  }
}
