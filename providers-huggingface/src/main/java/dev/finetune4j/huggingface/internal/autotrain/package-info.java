/**
 * Training with AutoTrain: its configuration, its data, its keys, and the runner that watches it.
 */
@NullMarked
package dev.finetune4j.huggingface.internal.autotrain;

import org.jspecify.annotations.NullMarked;
