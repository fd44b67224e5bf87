package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.tck.IngestCheck;
import dev.finetune4j.training.SupervisedTraining;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrlIngestTest {
  @TempDir Path directory;

  @Test
  void aRunReadsTheTrainingDataTwiceAndTokenizesItOnce() throws Exception {
    try (HuggingFaceProvider provider =
        HuggingFaceProvider.local(directory.resolve("work"))
            .base("small", directory)
            .interpreter(FakePython.in(directory))
            .server(FakePython.server())
            .build()) {
      new IngestCheck(provider, "small", SupervisedTraining.withDefaults())
          .run(Time.system(), directory.resolve("report"), false);
    }
  }
}
