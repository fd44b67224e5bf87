/**
 * The alternatives to fine-tuning, each a {@link dev.finetune4j.inference.ChatModel} made from
 * another: zero-shot, few-shot, retrieval.
 */
@NullMarked
package dev.finetune4j.baseline;

import org.jspecify.annotations.NullMarked;
