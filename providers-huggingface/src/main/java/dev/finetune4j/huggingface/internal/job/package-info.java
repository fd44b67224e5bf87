/** Hugging Face Jobs: trainings on machines of the Hub, billed by the minute. */
@NullMarked
package dev.finetune4j.huggingface.internal.job;

import org.jspecify.annotations.NullMarked;
