/** Fine-tuning with OpenAI: not built yet. */
@NullMarked
package dev.finetune4j.openai;

import org.jspecify.annotations.NullMarked;
