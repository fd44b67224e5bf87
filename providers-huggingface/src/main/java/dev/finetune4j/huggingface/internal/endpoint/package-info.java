/** Inference Endpoints: models of the Hub on dedicated machines, billed by the hour. */
@NullMarked
package dev.finetune4j.huggingface.internal.endpoint;

import org.jspecify.annotations.NullMarked;
