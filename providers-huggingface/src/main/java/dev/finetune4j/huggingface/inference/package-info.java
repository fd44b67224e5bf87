/** Models served by others: the Inference Providers router, and running servers. */
@NullMarked
package dev.finetune4j.huggingface.inference;

import org.jspecify.annotations.NullMarked;
