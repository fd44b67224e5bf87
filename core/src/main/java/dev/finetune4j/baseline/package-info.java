/**
 * The baselines that fine-tuning must beat, each a {@link dev.finetune4j.inference.ChatModel} made
 * from another: prompts, few-shot, retrieval, other models; and the check that none shows the model
 * the test set.
 */
@NullMarked
package dev.finetune4j.baseline;

import org.jspecify.annotations.NullMarked;
