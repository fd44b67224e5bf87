/**
 * Models that judge answers: a score or a label, or which of two answers is better. Each verdict
 * costs at least one request.
 */
@NullMarked
package dev.finetune4j.grading.judge;

import org.jspecify.annotations.NullMarked;
