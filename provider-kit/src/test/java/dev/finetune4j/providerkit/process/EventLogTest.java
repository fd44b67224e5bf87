package dev.finetune4j.providerkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.JobEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventLogTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("events.jsonl");
  }

  private static JobEvent message(String id) {
    return new JobEvent.MessageLogged(id, Instant.EPOCH, JobEvent.Level.INFO, "Grüße " + id);
  }

  private void write(JobEvent... events) throws Exception {
    try (EventLog log = EventLog.append(file)) {
      for (JobEvent event : events) {
        log.write(event);
      }
    }
  }

  @Test
  void aLineWithoutItsEndIsNotThereYet() throws Exception {
    write(message("a"));
    Files.writeString(file, "{\"id\":\"b\",\"at\":\"19", StandardOpenOption.APPEND);

    EventPage page = EventLog.read(file, Optional.empty());

    assertThat(page.events()).containsExactly(message("a"));
    assertThat(page.cursor())
        .contains(Long.toString(Files.readString(file).indexOf("{\"id\":\"b\"") + 2L));
  }

  @Test
  void theNextWriterCutsTheHalfLineAndTheReaderGoesOnWithoutAGap() throws Exception {
    write(message("a"));
    Files.writeString(file, "{\"id\":\"half", StandardOpenOption.APPEND);
    EventPage before = EventLog.read(file, Optional.empty());

    write(message("b"));
    EventPage after = EventLog.read(file, before.cursor());

    assertThat(after.events()).containsExactly(message("b"));
    assertThat(after.complete()).isTrue();
  }

  @Test
  void aLongFileComesInPagesThatMissNothing() throws Exception {
    JobEvent[] events = new JobEvent[8_000];
    for (int i = 0; i < events.length; i++) {
      events[i] = message("event-" + i);
    }
    write(events);

    EventPage first = EventLog.read(file, Optional.empty());

    assertThat(first.complete()).isFalse();
    assertThat(EventLog.readAll(file)).containsExactly(events);
  }

  @Test
  void aLineLongerThanAPageIsReadWhole() throws Exception {
    JobEvent huge =
        new JobEvent.MessageLogged("h", Instant.EPOCH, JobEvent.Level.INFO, "x".repeat(600_000));
    write(huge, message("after"));

    assertThat(EventLog.readAll(file)).containsExactly(huge, message("after"));
  }

  @Test
  void aLineOfAnUnknownTypeOrOfNonsenseIsKeptAsItCame() throws Exception {
    String unknown = "{\"id\":\"u\",\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"power\",\"watt\":3}";
    Files.writeString(file, unknown + "\nnonsense\n");

    assertThat(EventLog.readAll(file))
        .containsExactly(
            new JobEvent.Unrecognized("u", Instant.parse("2026-01-01T00:00:00Z"), "power", unknown),
            new JobEvent.Unrecognized(
                "line-at-" + (unknown.length() + 1), Instant.EPOCH, "damaged", "nonsense"));
  }

  @Test
  void aFileThatIsNotThereHasNoEvents() throws Exception {
    assertThat(EventLog.read(file, Optional.empty()).events()).isEmpty();
  }
}
