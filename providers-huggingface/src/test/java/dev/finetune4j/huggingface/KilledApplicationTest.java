package dev.finetune4j.huggingface;

import dev.finetune4j.PollingSchedule;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An application is killed while a fake trainer runs. */
@DisabledOnOs(OS.WINDOWS)
final class KilledApplicationTest extends KilledApplication {

  @Override
  Path interpreter() throws Exception {
    return FakePython.in(directory);
  }

  @Override
  Path base() {
    return directory;
  }

  @Override
  int epochs() {
    return 60;
  }

  @Override
  int stepsPerEpoch() {
    return 2;
  }

  @Override
  PollingSchedule polling() {
    return new PollingSchedule(
        Duration.ofMillis(20), 1, Duration.ofMillis(20), Duration.ofMinutes(1));
  }
}
