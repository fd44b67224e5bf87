package dev.finetune4j.local;

import dev.finetune4j.Time;
import dev.finetune4j.tck.IngestCheck;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.SupervisedTraining;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalIngestTest {
  @TempDir Path directory;

  @Test
  void aRunReadsTheTrainingDataTwiceAndTokenizesItOnce() throws Exception {
    RandomBase.write(directory.resolve("base"));
    Hyperparameters oneEpoch = Hyperparameters.builder().epochs(1).build();
    try (LocalProvider provider =
        LocalProvider.builder(directory.resolve("work"))
            .base("micro", directory.resolve("base"))
            .workers(1)
            .build()) {
      new IngestCheck(
              provider, "micro", SupervisedTraining.withDefaults().withHyperparameters(oneEpoch))
          .run(Time.system(), directory.resolve("report"), true);
    }
  }
}
