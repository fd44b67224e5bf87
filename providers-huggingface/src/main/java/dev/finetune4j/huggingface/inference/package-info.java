/**
 * Models that somebody else serves: the router of the Inference Providers, and servers that run
 * already.
 */
@NullMarked
package dev.finetune4j.huggingface.inference;

import org.jspecify.annotations.NullMarked;
