/** Counting tokens as OpenAI's models do, for every provider that serves them. */
@NullMarked
package dev.finetune4j.providerkit.token;

import org.jspecify.annotations.NullMarked;
