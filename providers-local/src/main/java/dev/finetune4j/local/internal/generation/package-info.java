/** Answers prompts with a loaded base and any number of its adapters, several callers at once. */
@NullMarked
package dev.finetune4j.local.internal.generation;

import org.jspecify.annotations.NullMarked;
