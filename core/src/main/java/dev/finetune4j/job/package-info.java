/**
 * One fine-tuning job: its snapshot is a value, its handle has the verbs, and waiting is written
 * once, here. Providers implement {@link dev.finetune4j.job.JobOperations}: single calls without
 * loops.
 */
@NullMarked
package dev.finetune4j.job;

import org.jspecify.annotations.NullMarked;
