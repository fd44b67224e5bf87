package dev.finetune4j.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.testkit.Requests;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainers that really run out of memory. */
@Tag("faults")
final class ExhaustedMemoryTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path directory;
  private Path base;

  @BeforeEach
  void make() throws Exception {
    base = RandomBase.write(directory.resolve("base"));
  }

  private LocalProvider.Builder provider() {
    return LocalProvider.builder(directory).base("micro", base).workers(2);
  }

  @Test
  void anExhaustedHeapFailsTheJobAndALargerOneLetsItGoOn() throws Exception {
    ChatExample large = ChatExample.of(Message.user("?"), Message.assistant("ab ".repeat(30_000)));
    Dataset<ChatExample> data =
        Dataset.of("large", ChatExample.class, Collections.nCopies(60, large));
    try (LocalProvider small = provider().maximumHeap(12 * MEBIBYTE).build()) {
      FineTuningJob failed = small.submit(SmallJobs.request(2, 25, 4, data)).await(SmallJobs.QUICK);

      assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
      assertThat(failed.failureReason().orElseThrow()).contains("heap").contains("resume the job");
      SmallJobs.assertNothingIsLeft(directory);
      try (LocalProvider larger = provider().maximumHeap(512 * MEBIBYTE).build()) {
        JobHandle job = larger.job(failed.reference());
        job.resume();

        assertThat(job.await(SmallJobs.QUICK).status()).isEqualTo(JobStatus.SUCCEEDED);
      }
    }
  }

  @Test
  void exhaustedNativeMemoryFailsTheJobWithTheCure() throws Exception {
    Path java = SmallJobs.javaUnder("-v 12000000", directory);
    try (LocalProvider limited =
        provider().javaExecutable(java).maximumHeap(256 * MEBIBYTE).build()) {
      // Six billion numbers: the limit is passed at the first of their tensors.
      FineTuningJob failed =
          limited
              .submit(SmallJobs.request(2, 25, 10_000_000, Requests.sums()))
              .await(SmallJobs.QUICK);

      assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
      assertThat(failed.failureReason().orElseThrow())
          .startsWith("The memory of this machine ran out: ")
          .contains("allocate memory")
          .endsWith("or train with a smaller batch, shorter sequences or fewer workers.");
      SmallJobs.assertNothingIsLeft(directory);
    }
  }

  @Test
  void aJvmThatCannotEvenStartFailsTheJobWithItsOwnWords() throws Exception {
    Path java = SmallJobs.javaUnder("-v 300000", directory);
    try (LocalProvider limited = provider().javaExecutable(java).build()) {
      FineTuningJob failed = limited.submit(SmallJobs.request(2, 25)).await(SmallJobs.QUICK);

      assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
      assertThat(failed.failureReason().orElseThrow())
          .contains("4 times in a row without getting further")
          .containsIgnoringCase("could not reserve");
      SmallJobs.assertNothingIsLeft(directory);
    }
  }
}
