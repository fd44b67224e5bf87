/**
 * Fine-tuning with OpenAI, and with any server that speaks its dialect. OpenAI has announced that
 * it creates no new jobs from 2027-01-06 on. Azure and others keep the dialect, so it is in
 * provider-kit; this package has what is specific to OpenAI: its limits, dates and environment
 * variables.
 */
@NullMarked
package dev.finetune4j.openai;

import org.jspecify.annotations.NullMarked;
