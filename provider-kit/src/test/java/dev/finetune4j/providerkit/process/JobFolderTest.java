package dev.finetune4j.providerkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.job.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobFolderTest {
  @TempDir Path directory;

  @Test
  void aStateSurvivesTheDisk() throws Exception {
    JobFolder folder = new JobFolder(directory);
    JobState state = JobState.succeeded("model", 12, Instant.parse("2026-01-01T00:00:00Z"));

    folder.write(state);

    assertThat(folder.state()).isEqualTo(state);
    assertThat(directory.toFile().list()).containsExactly("state.json");
  }

  @Test
  void anUnknownStatusIsReportedNotThrown() throws Exception {
    Files.writeString(directory.resolve("state.json"), "{\"status\":\"dreaming\"}");

    JobState state = new JobFolder(directory).state();

    assertThat(state.jobStatus()).isEqualTo(JobStatus.UNRECOGNIZED);
    assertThat(state.status()).isEqualTo("dreaming");
  }

  @Test
  void aStateThatWasHalfWrittenCountsAsNone() throws Exception {
    Files.writeString(directory.resolve("state.json"), "{\"status\":\"succ");

    assertThat(new JobFolder(directory).state().jobStatus()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void aFolderThatCouldNotBeFilledLeavesNothing() {
    JobContents failing =
        unfinished -> {
          Files.writeString(unfinished.resolve("half"), "half");
          throw new IOException("No space left on device");
        };

    assertThatThrownBy(() -> JobCreation.create(directory, "job", failing))
        .isInstanceOf(JobFolderException.class)
        .hasMessageContaining("No space left on device");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatADeadProcessLeftHalfMadeIsDeletedByTheNextCreation() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(directory.resolve(".new-" + dead.pid() + "-1-job/deep"));

    JobCreation.create(directory, "job", FakeJobs.contents(FakeJobs.request()));

    assertThat(directory.toFile().list()).containsExactly("job");
  }

  @Test
  void theFirstCreationWinsAndTheSecondAdoptsIt() {
    JobCreation.create(directory, "job", FakeJobs.contents(FakeJobs.request().put("n", 1)));
    JobFolder second =
        JobCreation.create(directory, "job", FakeJobs.contents(FakeJobs.request().put("n", 2)));

    assertThat(second.request().requireLong("n")).isEqualTo(1);
  }
}
