package dev.finetune4j.huggingface;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.tck.FineTuningProviderContract;
import dev.finetune4j.training.Hyperparameters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The provider contract, with processes on this machine; only the training itself is a fake. */
@DisabledOnOs(OS.WINDOWS)
abstract class MachineContract extends FineTuningProviderContract {
  @TempDir static Path directory;

  private FineTuningProvider provider;

  /** Makes the provider that works in this folder. */
  abstract FineTuningProvider make(Path work) throws IOException;

  /** Returns the folder in which the provider keeps its jobs. */
  abstract Path jobs(Path work);

  @BeforeEach
  void make() throws IOException {
    provider = make(directory.resolve("work"));
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Override
  protected FineTuningProvider provider() {
    return provider;
  }

  @Override
  protected String baseModel() {
    return "small";
  }

  @Override
  protected Hyperparameters hyperparameters() {
    return Hyperparameters.builder().epochs(1).build();
  }

  @Override
  protected Hyperparameters longHyperparameters() {
    return Hyperparameters.builder().epochs(150).build();
  }

  @Override
  protected PollingSchedule polling() {
    return new PollingSchedule(
        Duration.ofMillis(20), 1, Duration.ofMillis(20), Duration.ofMinutes(2));
  }

  @Override
  protected Time time() {
    return Time.system();
  }

  /** Counts the jobs, since there is no service that could count requests. */
  @Override
  protected long requests() {
    return jobsMade();
  }

  @Override
  protected long jobsMade() {
    String[] names = jobs(directory.resolve("work")).toFile().list();
    return names == null ? 0 : names.length;
  }
}
