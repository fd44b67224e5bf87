/**
 * Graders of single answers: as data that a provider can run during reinforcement training, or as
 * code that runs locally.
 */
@NullMarked
package dev.finetune4j.grading;

import org.jspecify.annotations.NullMarked;
