package dev.finetune4j.workflow;

import dev.finetune4j.Time;
import dev.finetune4j.cost.Money;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.workflow.journal.RunClaim;
import dev.finetune4j.workflow.journal.Step;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a run has come within its current step, as the process that runs it last wrote to the
 * journal. Immutable and thread-safe.
 *
 * @param step the step
 * @param at when it was written, by the clock of the workflow
 * @param detail what the step is working on: the status of the job or deployment, or the name of
 *     the model or baseline that is being evaluated
 * @param done the training steps reported so far, or the samples answered so far
 * @param total the number of all training steps or samples; empty if unknown
 * @param cost what the job has cost so far, or the answers that this process received in the
 *     current evaluation; empty if the price is unknown
 */
public record RunProgress(
    Step step, Instant at, String detail, long done, OptionalLong total, Optional<Money> cost) {

  private String toJson() {
    JsonObject json =
        JsonObject.empty()
            .put("step", step.name())
            .put("at", at.toString())
            .put("detail", detail)
            .put("done", done)
            .putIfPresent("cost", cost.map(LedgerJson::write));
    total.ifPresent(number -> json.put("total", number));
    return json.toString();
  }

  /** Reads what a run noted; empty if another program or release wrote it in another form. */
  static Optional<RunProgress> read(String text) {
    try {
      JsonObject json = Json.parseObject(text);
      return Optional.of(
          new RunProgress(
              Step.valueOf(json.requireString("step")),
              Instant.parse(json.requireString("at")),
              json.requireString("detail"),
              json.requireLong("done"),
              json.findLong("total"),
              LedgerJson.readMoney(json, "cost")));
    } catch (JsonSyntaxException | IllegalArgumentException | DateTimeException unknownForm) {
      return Optional.empty();
    }
  }

  /**
   * Writes progress to the journal: at once if the step or the detail changed or all is done,
   * otherwise at most once per second. A failed write is logged once and does not end the run. Used
   * by one thread.
   */
  static final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final RunClaim claim;
    private final Time time;
    private @Nullable RunProgress last;
    private boolean hasLogged;

    Writer(RunClaim claim, Time time) {
      this.claim = claim;
      this.time = time;
    }

    void write(Step step, String detail, long done, OptionalLong total, Optional<Money> cost) {
      RunProgress progress = new RunProgress(step, time.now(), detail, done, total, cost);
      if (!isDue(progress)) {
        return;
      }
      last = progress;
      try {
        claim.noteProgress(progress.toJson());
      } catch (RuntimeException e) {
        if (!hasLogged) {
          hasLogged = true;
          LOG.warn(
              "The progress of run {} could not be written; the run continues. Logged once.",
              claim.run(),
              e);
        }
      }
    }

    private boolean isDue(RunProgress progress) {
      RunProgress before = last;
      boolean isComplete = progress.total.equals(OptionalLong.of(progress.done));
      return before == null
          || before.step != progress.step
          || !before.detail.equals(progress.detail)
          || (isComplete && progress.done > before.done)
          || Duration.between(before.at, progress.at).compareTo(INTERVAL) >= 0;
    }
  }
}
