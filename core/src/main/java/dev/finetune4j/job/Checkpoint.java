package dev.finetune4j.job;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a model part of the way through its training.
 *
 * @param id the provider's id of it
 * @param createdAt when it was saved
 * @param metrics what was measured there, with the step
 * @param model the name under which it can be asked or deployed, where it can
 */
public record Checkpoint(
    String id, Instant createdAt, TrainingMetrics metrics, Optional<String> model) {}
