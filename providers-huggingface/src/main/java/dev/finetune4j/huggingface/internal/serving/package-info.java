/** Models served for a limited time from Hugging Face Jobs, to be evaluated. */
@NullMarked
package dev.finetune4j.huggingface.internal.serving;

import org.jspecify.annotations.NullMarked;
