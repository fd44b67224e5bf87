package dev.finetune4j.local;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.tck.FineTuningProviderContract;
import dev.finetune4j.training.Hyperparameters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class LocalProviderContractTest extends FineTuningProviderContract {
  @TempDir static Path directory;

  private static @Nullable ModelReference tuned;
  private LocalProvider provider;

  @BeforeAll
  static void makeBase() throws IOException {
    RandomBase.write(directory.resolve("base"));
  }

  @BeforeEach
  void make() {
    provider =
        LocalProvider.builder(directory.resolve("work"))
            .base("micro", directory.resolve("base"))
            .workers(1)
            .build();
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
    return "micro";
  }

  @Override
  protected Hyperparameters hyperparameters() {
    return Hyperparameters.builder().epochs(2).build();
  }

  @Override
  protected Hyperparameters longHyperparameters() {
    return Hyperparameters.builder().epochs(200).build();
  }

  /** Trained once: the folder of jobs outlives each test. */
  @Override
  protected ModelReference tunedModel() throws InterruptedException {
    ModelReference model = tuned;
    if (model == null) {
      model = super.tunedModel();
      tuned = model;
    }
    return model;
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
    Path jobs = directory.resolve("work").resolve("jobs");
    String[] names = jobs.toFile().list();
    return names == null ? 0 : names.length;
  }
}
