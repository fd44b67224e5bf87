/**
 * Runs graders over a data set and compares two runs sample by sample, with confidence intervals
 * and tests.
 */
@NullMarked
package dev.finetune4j.evaluation;

import org.jspecify.annotations.NullMarked;
