/**
 * Asking a model in the OpenAI chat dialect, which whatever serves models speaks: the services
 * themselves, vLLM, an Inference Endpoint, the embedded server.
 */
@NullMarked
package dev.finetune4j.providerkit.chat;

import org.jspecify.annotations.NullMarked;
