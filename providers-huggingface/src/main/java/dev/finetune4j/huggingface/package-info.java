/** Fine-tuning with Hugging Face: TRL and AutoTrain, on this machine and on the service's. */
@NullMarked
package dev.finetune4j.huggingface;

import org.jspecify.annotations.NullMarked;
