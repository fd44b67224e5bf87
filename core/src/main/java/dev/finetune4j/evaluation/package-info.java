/**
 * Runs graders over a data set, and compares two such runs sample by sample, with the uncertainty
 * of both.
 */
@NullMarked
package dev.finetune4j.evaluation;

import org.jspecify.annotations.NullMarked;
