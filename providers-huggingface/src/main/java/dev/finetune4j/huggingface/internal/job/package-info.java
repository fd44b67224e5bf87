/** Training on Hugging Face Jobs, billed by the minute. */
@NullMarked
package dev.finetune4j.huggingface.internal.job;

import org.jspecify.annotations.NullMarked;
