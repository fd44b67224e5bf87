/** Trains a decoder: batches, losses, AdamW, schedule, checkpoints; one seed, one loss curve. */
@NullMarked
package dev.finetune4j.local.internal.trainer;

import org.jspecify.annotations.NullMarked;
