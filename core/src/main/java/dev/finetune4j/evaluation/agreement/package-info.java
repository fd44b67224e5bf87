/**
 * Measures of agreement on the same samples: between a model and the reference (classification),
 * and between a judge and people (calibration).
 */
@NullMarked
package dev.finetune4j.evaluation.agreement;

import org.jspecify.annotations.NullMarked;
