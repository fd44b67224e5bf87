/**
 * Fine-tuning with Hugging Face: TRL and AutoTrain, on this machine and on Hugging Face's services.
 */
@NullMarked
package dev.finetune4j.huggingface;

import org.jspecify.annotations.NullMarked;
