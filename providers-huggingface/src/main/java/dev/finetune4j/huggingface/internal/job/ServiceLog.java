package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.Timeouts;
import dev.finetune4j.providerkit.process.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads logs of jobs and Spaces, and the job folder events in them. Stateless. */
public final class ServiceLog {
  /** The prefix of job folder events in the log. */
  static final String EVENT = "finetune4j-event ";

  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final long LINES_PER_SECOND = 500;

  private ServiceLog() {}

  /** A line of a log, and its timestamp as the service writes it. */
  public record Line(String text, String at) {}

  /**
   * Returns the log so far. The service sends it from the start each time and may not end the
   * stream, so this takes up to 5 seconds for a running job, more if many lines are known.
   *
   * @param known the number of lines already read
   */
  public static List<Line> read(HuggingFaceHub hub, ApiRequest call, long known) {
    List<Line> lines = new ArrayList<>();
    Duration limit = QUIET.plusSeconds(known / LINES_PER_SECOND);
    try {
      hub.transport()
          .sendForEvents(
              call.deadlines(new Timeouts(limit, limit)), data -> line(data).ifPresent(lines::add));
    } catch (ProviderUnavailableException e) {
      if (e.failure().httpStatus().isPresent() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
    return lines;
  }

  /** Returns new lines as events. */
  public static EventPage page(List<Line> lines, int known) {
    List<JobEvent> events = new ArrayList<>();
    Instant last = Instant.EPOCH;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      last = moment(line.at()).orElse(last);
      if (i >= known) {
        event("log-" + i, last, line.text()).ifPresent(events::add);
      }
    }
    return new EventPage(events, Optional.of(String.valueOf(Math.max(known, lines.size()))), true);
  }

  private static Optional<JobEvent> event(String id, Instant at, String text) {
    if (!text.startsWith(EVENT)) {
      return Optional.of(new JobEvent.MessageLogged(id, at, JobEvent.Level.INFO, text));
    }
    JobEvent event = EventCodec.decode(text.substring(EVENT.length()), id);
    // The status comes from the service; the trainer's own status can be ahead of it.
    return event instanceof JobEvent.StatusChanged ? Optional.empty() : Optional.of(event);
  }

  private static Optional<Line> line(String data) {
    try {
      JsonObject event = Json.parseObject(data);
      String text = event.findString("data").orElse("");
      return text.startsWith("===== Job started at")
          ? Optional.empty()
          : Optional.of(new Line(text, event.findString("timestamp").orElse("")));
    } catch (JsonSyntaxException damaged) {
      return Optional.of(new Line(data, ""));
    }
  }

  private static Optional<Instant> moment(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }
}
