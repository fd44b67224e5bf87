/**
 * Fine-tuning jobs in the OpenAI dialect, which OpenAI, Azure and many servers speak: requests to
 * JSON, JSON to snapshots and events, and one job for one submission key. What differs between the
 * services is a setting of {@link dev.finetune4j.providerkit.job.JobDialect}.
 */
@NullMarked
package dev.finetune4j.providerkit.job;

import org.jspecify.annotations.NullMarked;
