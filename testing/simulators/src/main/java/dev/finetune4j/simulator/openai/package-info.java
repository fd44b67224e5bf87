/**
 * OpenAI's service, simulated on loopback: files, uploads, fine-tuning jobs, models, chat,
 * embeddings, batches, graders and webhooks, over any clock and with faults on request.
 */
@NullMarked
package dev.finetune4j.simulator.openai;

import org.jspecify.annotations.NullMarked;
