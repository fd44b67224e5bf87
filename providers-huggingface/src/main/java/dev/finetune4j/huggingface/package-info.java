/** Fine-tuning with Hugging Face: not built yet. */
@NullMarked
package dev.finetune4j.huggingface;

import org.jspecify.annotations.NullMarked;
