package dev.finetune4j.workflow;

import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import dev.finetune4j.workflow.journal.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads from a journal how long each step took. */
final class StepTimes {

  private StepTimes() {}

  static List<StepDuration> of(List<JournalEntry> history) {
    Map<Step, Instant> started = new EnumMap<>(Step.class);
    List<StepDuration> durations = new ArrayList<>();
    for (JournalEntry entry : history) {
      if (entry instanceof StepStarted) {
        started.put(entry.step(), entry.at());
      } else if (entry instanceof StepCompleted) {
        Instant start = started.getOrDefault(entry.step(), entry.at());
        durations.add(new StepDuration(entry.step(), Duration.between(start, entry.at())));
      }
    }
    return durations;
  }
}
