package dev.finetune4j.huggingface;

import dev.finetune4j.PollingSchedule;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** An application is killed while the real TRL trains a tiny random Llama. */
@Tag("python")
final class KilledApplicationPythonTest extends KilledApplication {

  @Override
  Path interpreter() {
    return TrlPython.find().interpreter();
  }

  @Override
  Path base() throws Exception {
    TrlPython python = TrlPython.find();
    Path tiny = directory.resolve("tiny");
    python.script("tiny_llama.py", tiny.toString(), python.smolLm().toString());
    return tiny;
  }

  @Override
  int epochs() {
    return 60;
  }

  @Override
  int stepsPerEpoch() {
    return 4;
  }

  @Override
  PollingSchedule polling() {
    return PollingSchedule.local().givingUpAfter(Duration.ofMinutes(5));
  }
}
