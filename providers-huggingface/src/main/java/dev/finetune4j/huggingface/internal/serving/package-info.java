/** Models that answer for a while from a job of Hugging Face Jobs, to be measured. */
@NullMarked
package dev.finetune4j.huggingface.internal.serving;

import org.jspecify.annotations.NullMarked;
