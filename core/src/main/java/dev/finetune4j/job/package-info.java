/**
 * Fine-tuning jobs: snapshots, handles that control and await them, and a watcher for many jobs.
 * Providers implement the single calls of {@link dev.finetune4j.job.JobOperations}.
 */
@NullMarked
package dev.finetune4j.job;

import org.jspecify.annotations.NullMarked;
