/** Training with AutoTrain: its configuration, data and keys, and its runner. */
@NullMarked
package dev.finetune4j.huggingface.internal.autotrain;

import org.jspecify.annotations.NullMarked;
