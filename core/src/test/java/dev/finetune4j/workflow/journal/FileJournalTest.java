package dev.finetune4j.workflow.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepFailed;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileJournalTest {
  private static final RunId RUN = new RunId("run-1");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final JournalEntry STARTED = new StepStarted(Step.VALIDATE, NOON, "abc");
  private static final JournalEntry COMPLETED =
      new StepCompleted(Step.VALIDATE, NOON.plusSeconds(1), Map.of("examples", "12"));

  @TempDir Path directory;

  @Test
  void whatWasAppendedIsReadByTheNextProcess() {
    JournalEntry next = new StepStarted(Step.ESTIMATE, NOON, "abc");
    JournalEntry failed = new StepFailed(Step.ESTIMATE, NOON, "too \"dear\"\n", true);
    append(STARTED, COMPLETED, next, failed);

    try (FileJournal journal = FileJournal.open(directory)) {
      assertThat(journal.read(RUN)).containsExactly(STARTED, COMPLETED, next, failed);
    }
  }

  @Test
  void aLastLineThatACrashCutOffIsDroppedAndWrittenOver() throws Exception {
    append(STARTED, COMPLETED);
    Files.writeString(file(), "{\"entry\":\"StepSta", StandardOpenOption.APPEND);

    append(new StepStarted(Step.ESTIMATE, NOON, "abc"));

    try (FileJournal journal = FileJournal.open(directory)) {
      assertThat(journal.read(RUN)).hasSize(3);
    }
  }

  @Test
  void aDamagedLineInTheMiddleIsNamed() throws Exception {
    append(STARTED, COMPLETED);
    String text = Files.readString(file());
    Files.writeString(file(), text.replace("\"abc\"", "\"abd\""));

    try (FileJournal journal = FileJournal.open(directory)) {
      assertThatThrownBy(() -> journal.read(RUN))
          .isInstanceOf(JournalException.class)
          .hasMessage(
              "Cannot open the journal of run run-1: Line 2 of "
                  + file()
                  + " is damaged: its checksum does not fit.");
    }
  }

  @Test
  void aRunThatIsUnderWayElsewhereCanBeReadAndNotClaimed() {
    try (FileJournal first = FileJournal.open(directory);
        FileJournal second = FileJournal.open(directory)) {
      RunClaim claim = first.claim(RUN);
      claim.append(STARTED);

      assertThat(second.read(RUN)).containsExactly(STARTED);
      assertThat(second.owner(RUN)).isEqualTo(first.owner(RUN)).isPresent();
      assertThatThrownBy(() -> second.claim(RUN))
          .isInstanceOf(JournalException.class)
          .hasMessageStartingWith(
              "Run run-1 is under way in process " + ProcessHandle.current().pid() + " on ")
          .hasMessageEndingWith("Wait until it has ended, or use another run id.");

      claim.close();
      assertThat(second.owner(RUN)).isEmpty();
      second.claim(RUN).append(COMPLETED);
      assertThatThrownBy(() -> claim.append(COMPLETED)).hasMessageContaining("taken over");
    }
  }

  @Test
  void aLineThatMayNotFollowIsRefused() {
    try (FileJournal journal = FileJournal.open(directory);
        RunClaim claim = journal.claim(RUN)) {
      claim.append(STARTED);

      assertThatThrownBy(() -> claim.append(new StepStarted(Step.SUBMIT, NOON, "abc")))
          .isInstanceOf(JournalException.class)
          .hasMessage(
              "In the journal of run run-1, StepStarted(SUBMIT) cannot follow"
                  + " StepStarted(VALIDATE). Is the same run open twice? Start it again under"
                  + " another run id.");
    }
  }

  @Test
  void aStoredTextReplacesTheOneBefore() {
    try (FileJournal journal = FileJournal.open(directory);
        RunClaim claim = journal.claim(RUN)) {
      claim.store("estimate.json", "old");
      claim.store("estimate.json", "new ä");

      assertThat(journal.load(RUN, "estimate.json")).contains("new ä");
      assertThat(journal.load(RUN, "other.json")).isEmpty();
    }
  }

  @Test
  void theGoldenJournalOfVersionOneReplays() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("golden"));
    try (var golden = getClass().getResourceAsStream("/journals/journal-v1-whole-run.jsonl")) {
      Files.write(folder.resolve("journal.jsonl"), golden.readAllBytes());
    }

    try (FileJournal journal = FileJournal.open(directory)) {
      List<JournalEntry> entries = journal.read(new RunId("golden"));

      assertThat(entries).hasSize(21);
      assertThat(entries.get(20)).isInstanceOf(StepCompleted.class);
      assertThat(entries.get(20).step()).isEqualTo(Step.SETTLE);
    }
  }

  @Test
  void aJournalOfALaterVersionAsksForANewerRelease() throws Exception {
    append(STARTED);
    String line = "{\"format\":\"finetune4j-journal\",\"version\":2,\"crc32c\":\"%s\"}\n";
    CRC32C crc = new CRC32C();
    crc.update(
        "{\"format\":\"finetune4j-journal\",\"version\":2}".getBytes(StandardCharsets.UTF_8));
    Files.writeString(file(), line.formatted("%08x".formatted(crc.getValue())));

    try (FileJournal journal = FileJournal.open(directory)) {
      assertThatThrownBy(() -> journal.read(RUN))
          .hasMessage(
              "The journal of run run-1 has version 2, and this library reads up to 1. Use a newer"
                  + " release.");
    }
  }

  private void append(JournalEntry... entries) {
    try (FileJournal journal = FileJournal.open(directory);
        RunClaim claim = journal.claim(RUN)) {
      List.of(entries).forEach(claim::append);
    }
  }

  private Path file() {
    return directory.resolve("run-1/journal.jsonl");
  }
}
