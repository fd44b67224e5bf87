/** Results that the dashboard of OpenAI Evals exported, read as reports of this library. */
@NullMarked
package dev.finetune4j.exchange.openaievals;

import org.jspecify.annotations.NullMarked;
