package dev.finetune4j.openai;

import dev.finetune4j.provider.Capability;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The capabilities of the dialect minus the removed ones, and the dates on which OpenAI ends them.
 * Dates are from developers.openai.com/api/docs/deprecations, read on 2026-11-22. Immutable and
 * thread-safe.
 */
final class OpenAiCapabilities {
  private static final Set<Capability> ALL =
      EnumSet.of(
          Capability.SUPERVISED_TRAINING,
          Capability.PREFERENCE_TRAINING,
          Capability.REINFORCEMENT_TRAINING,
          Capability.VALIDATION_DATA,
          Capability.SEED,
          Capability.TOOLS,
          Capability.IMAGES,
          Capability.CANCEL_JOB,
          Capability.PAUSE_JOB,
          Capability.JOB_EVENTS,
          Capability.CHECKPOINTS,
          Capability.LIST_JOBS,
          Capability.BASE_MODEL_INFERENCE,
          Capability.TUNED_MODEL_INFERENCE,
          Capability.STREAMING);

  private static final LocalDate NO_NEW_JOBS = LocalDate.of(2027, 1, 6);
  private static final LocalDate LAST_BASES = LocalDate.of(2027, 1, 14);
  // o4-mini, the only base model for it, was shut down on that day.
  private static final LocalDate NO_REINFORCEMENT = LocalDate.of(2026, 10, 23);
  private static final Map<Capability, LocalDate> ENDS =
      Map.of(
          Capability.SUPERVISED_TRAINING, NO_NEW_JOBS,
          Capability.PREFERENCE_TRAINING, NO_NEW_JOBS,
          Capability.REINFORCEMENT_TRAINING, NO_REINFORCEMENT,
          Capability.TUNED_MODEL_INFERENCE, LAST_BASES);

  private final Set<Capability> offered;
  private final boolean dated;

  /**
   * Creates the table.
   *
   * @param without the capabilities that this server lacks
   * @param dated whether the server is OpenAI's own, to which the dates apply
   */
  OpenAiCapabilities(Set<Capability> without, boolean dated) {
    EnumSet<Capability> left = EnumSet.copyOf(ALL);
    left.removeAll(without);
    offered = Collections.unmodifiableSet(left);
    this.dated = dated;
  }

  Set<Capability> offered() {
    return offered;
  }

  boolean has(Capability capability) {
    return offered.contains(capability);
  }

  Optional<LocalDate> until(Capability capability) {
    return dated ? Optional.ofNullable(ENDS.get(capability)) : Optional.empty();
  }
}
