/**
 * Requests to fine-tune: training method, weight update, hyperparameters and data. Data of the
 * wrong kind for a method does not compile.
 */
@NullMarked
package dev.finetune4j.training;

import org.jspecify.annotations.NullMarked;
