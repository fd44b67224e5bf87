/**
 * Graders as data: the service runs them during reinforcement training, and {@link
 * dev.finetune4j.grading.spec.LocalGraders} runs them here with the same meaning.
 */
@NullMarked
package dev.finetune4j.grading.spec;

import org.jspecify.annotations.NullMarked;
