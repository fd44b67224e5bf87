package dev.finetune4j.workflow;

import java.time.Duration;

/**
 * How long a step took.
 *
 * @param step the step
 * @param duration from its last start to its end
 */
public record StepDuration(Step step, Duration duration) {}
