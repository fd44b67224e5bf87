/** Makes the tiny base that the jar carries: its text, its tokenizer, its weights. */
@NullMarked
package dev.finetune4j.local.internal.pretraining;

import org.jspecify.annotations.NullMarked;
