/**
 * Fine-tuning with OpenAI, and with any server that speaks its dialect. OpenAI itself makes no new
 * jobs from 2027-01-06 on; the dialect outlives that at Azure and elsewhere, so it stands in
 * provider-kit, and this package is what is OpenAI's own: its limits, its dates, its environment.
 */
@NullMarked
package dev.finetune4j.openai;

import org.jspecify.annotations.NullMarked;
