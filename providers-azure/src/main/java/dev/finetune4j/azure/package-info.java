/** Fine-tuning with Azure OpenAI: not built yet. */
@NullMarked
package dev.finetune4j.azure;

import org.jspecify.annotations.NullMarked;
