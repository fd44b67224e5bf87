package dev.finetune4j.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A saved state of a model during its training.
 *
 * @param id the provider's id of it
 * @param createdAt when it was saved
 * @param metrics the metrics of its training step
 * @param model the name of the model, where it can be used or deployed
 */
public record Checkpoint(
    String id, Instant createdAt, TrainingMetrics metrics, Optional<String> model) {}
