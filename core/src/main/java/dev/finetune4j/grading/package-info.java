/**
 * Judging one answer: as data that a provider can run during reinforcement training, or as code
 * that runs here.
 */
@NullMarked
package dev.finetune4j.grading;

import org.jspecify.annotations.NullMarked;
