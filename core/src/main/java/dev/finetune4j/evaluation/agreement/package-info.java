/**
 * How far two agree on the same samples: a model with the reference (classification), or a judge
 * with people (calibration).
 */
@NullMarked
package dev.finetune4j.evaluation.agreement;

import org.jspecify.annotations.NullMarked;
