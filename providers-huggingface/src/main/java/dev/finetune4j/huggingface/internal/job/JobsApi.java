package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.internal.json.JsonSyntaxException;
import dev.finetune4j.providerkit.Answer;
import dev.finetune4j.providerkit.Call;
import dev.finetune4j.providerkit.Deadlines;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The single calls of Hugging Face Jobs, in one namespace. Thread-safe. */
public final class JobsApi {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final long LINES_PER_SECOND = 500;

  private final HuggingFaceHub hub;
  private final @Nullable String chosen;

  /**
   * Makes the calls.
   *
   * @param namespace who owns the jobs and is billed; null for the account of the token
   */
  public JobsApi(HuggingFaceHub hub, @Nullable String namespace) {
    this.hub = hub;
    chosen = namespace;
  }

  /** Returns who owns the jobs. At most one request ever. */
  public String namespace() {
    return chosen == null ? hub.account().name() : chosen;
  }

  /** Orders a job, once: a lost answer is thrown. It costs from here on. */
  public JsonObject run(JsonObject order) {
    return hub.transport()
        .send(Call.post("api/jobs/{owner}", namespace()).json(order), json -> json);
  }

  /** Returns a job. One request. */
  public JsonObject fetch(String id) {
    return hub.transport().send(Call.get("api/jobs/{owner}/{job}", namespace(), id), json -> json);
  }

  /** Asks to end a job. One request. */
  public void cancel(String id) {
    hub.transport()
        .send(
            Call.post("api/jobs/{owner}/{job}/cancel", namespace(), id)
                .idempotency(Idempotency.SAFE));
  }

  /** Some jobs, newest first, and the address of the next ones. */
  public record Page(List<JsonObject> jobs, Optional<String> next) {}

  /**
   * Returns jobs with a label. One request.
   *
   * @param next the address of the page; null for the first
   */
  public Page list(String label, String value, @Nullable String next) {
    return page(Query.of("label", label + "=" + value), next);
  }

  /**
   * Returns jobs that wait or run, of whatever kind. One request.
   *
   * @param next the address of the page; null for the first
   */
  public Page standing(@Nullable String next) {
    return page(Query.of("stage", "RUNNING").and("stage", "SCHEDULING"), next);
  }

  private Page page(Query query, @Nullable String next) {
    Call first = Call.get("api/jobs/{owner}", namespace()).query(query);
    Answer answer = hub.transport().send(next == null ? first : Call.get(HttpUrl.get(next)));
    Matcher link = NEXT.matcher(answer.header("Link").orElse(""));
    return new Page(
        answer.jsonList(json -> json), link.find() ? Optional.of(link.group(1)) : Optional.empty());
  }

  /** Returns the kinds of machines and their prices. One request. */
  public List<Flavor> flavors() {
    return hub.transport().send(Call.get("api/jobs/hardware")).jsonList(Flavor::of);
  }

  /** A line of a log, and when it was said, as the service writes the moment. */
  public record Line(String text, String at) {}

  /**
   * Returns the log so far. The service sends it from the start each time and need not end the
   * stream, so this takes up to 5 seconds for a job that runs, more where many lines are known.
   *
   * @param known how many lines were there before
   */
  public List<Line> log(String id, long known) {
    List<Line> lines = new ArrayList<>();
    Duration limit = QUIET.plusSeconds(known / LINES_PER_SECOND);
    try {
      hub.transport()
          .sendForEvents(
              Call.get("api/jobs/{owner}/{job}/logs", namespace(), id)
                  .deadlines(new Deadlines(limit, limit)),
              data -> line(data).ifPresent(lines::add));
    } catch (ProviderUnavailableException e) {
      if (e.failure().httpStatus().isPresent() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
    return lines;
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
}
