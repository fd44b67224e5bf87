package dev.finetune4j.workflow;

import dev.finetune4j.workflow.journal.Step;
import java.time.Duration;

/**
 * How long a step took.
 *
 * @param step the step
 * @param duration from its last start to its end
 */
public record StepDuration(Step step, Duration duration) {}
