/** Inference Endpoints: models of the Hub that answer on machines of their own, by the hour. */
@NullMarked
package dev.finetune4j.huggingface.internal.endpoint;

import org.jspecify.annotations.NullMarked;
