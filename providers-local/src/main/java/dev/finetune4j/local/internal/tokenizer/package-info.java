/** From messages to token ids, with a mark on every token that counts in the loss. */
@NullMarked
package dev.finetune4j.local.internal.tokenizer;

import org.jspecify.annotations.NullMarked;
