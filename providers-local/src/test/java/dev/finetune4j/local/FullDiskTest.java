package dev.finetune4j.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.providerkit.process.JobFolderException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are really full, and files that may really not grow. */
@Tag("faults")
final class FullDiskTest {
  private static final int STEPS = 75;

  @TempDir static Path directory;
  private static Path base;
  private static Map<Long, Double> undisturbed = Map.of();

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    base = RandomBase.write(directory.resolve("base"));
    try (LocalProvider calm = provider(directory.resolve("calm")).build()) {
      JobHandle job = calm.submit(SmallJobs.request(STEPS, 25));
      assertThat(job.await(SmallJobs.QUICK).status()).isEqualTo(JobStatus.SUCCEEDED);
      undisturbed = SmallJobs.losses(job);
    }
  }

  private static LocalProvider.Builder provider(Path folder) {
    return LocalProvider.builder(folder).base("micro", base).workers(1);
  }

  @Test
  void aCheckpointThatDoesNotFitFailsTheJobAndRoomLetsItGoOn() throws Exception {
    try (TinyDisk disk = TinyDisk.mount(directory.resolve("disk"), 220);
        LocalProvider provider = provider(disk.folder()).build()) {
      JobHandle job = provider.submit(SmallJobs.request(STEPS, 25));

      FineTuningJob failed = job.await(SmallJobs.QUICK);

      assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
      assertThat(failed.failureReason().orElseThrow())
          .isEqualTo("The disk is full: No space left on device. Make room, then resume the job.");
      disk.grow(4_096);
      job.resume();
      assertThat(job.await(SmallJobs.QUICK).status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(SmallJobs.losses(job)).isEqualTo(undisturbed).hasSize(STEPS);
      SmallJobs.assertNothingIsLeft(disk.folder());
    }
  }

  @Test
  void aDiskWithoutAByteLeftIsNamedAndTheJobGoesOnOnceThereIsRoom() throws Exception {
    try (TinyDisk disk = TinyDisk.mount(directory.resolve("small"), 32);
        LocalProvider provider = provider(disk.folder()).build()) {
      JobHandle job = provider.submit(SmallJobs.request(STEPS, 1_000));

      assertThatThrownBy(() -> job.await(SmallJobs.QUICK))
          .isInstanceOf(JobFolderException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageEndingWith(
              "Look at the free space and the permissions there, then call again.");

      SmallJobs.assertNothingIsLeft(disk.folder());
      disk.grow(4_096);
      FineTuningJob failed = job.refresh();
      assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
      assertThat(failed.failureReason().orElseThrow())
          .startsWith(
              "The job's process ended: exit code 74: it could not read or write its files,"
                  + " mostly because the disk is full; make room, then resume the job.")
          .contains("No space left on device");
      job.resume();
      assertThat(job.await(SmallJobs.QUICK).status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(SmallJobs.losses(job)).hasSize(STEPS);
    }
  }

  @Test
  void aFileThatMayNotGrowFailsTheJobAndAnotherApplicationMayResumeIt() throws Exception {
    Path folder = directory.resolve("limited");
    Path java = SmallJobs.javaUnder("-f 120", directory);
    try (LocalProvider limited = provider(folder).javaExecutable(java).build()) {
      FineTuningJob failed = limited.submit(SmallJobs.request(STEPS, 25)).await(SmallJobs.QUICK);

      assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
      assertThat(failed.failureReason().orElseThrow())
          .isEqualTo("The disk is full: File too large. Make room, then resume the job.");
      SmallJobs.assertNothingIsLeft(folder);
      try (LocalProvider free = provider(folder).build()) {
        JobHandle job = free.job(failed.reference());
        job.resume();

        assertThat(job.await(SmallJobs.QUICK).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(SmallJobs.losses(job)).isEqualTo(undisturbed).hasSize(STEPS);
      }
    }
  }
}
