package dev.finetune4j.buildrules.planted.workflow;

import dev.finetune4j.buildrules.planted.chat.Talk;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The other half of a circle; asks the machine for time, chance and sleep. */
public final class Steps {

  /** Returns a talk. */
  public Talk talk() {
    return new Talk();
  }

  /** Asks for the time. */
  public Instant now() {
    return Instant.now();
  }

  /** Asks for chance. */
  public int chance() {
    return new Random().nextInt();
  }

  /** Sleeps. */
  public void rest() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(1);
  }
}
