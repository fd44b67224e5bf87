/**
 * What a base model can do, what it costs, and until when: dated facts, each with its source.
 * Unknown values are reported as unknown, never guessed.
 */
@NullMarked
package dev.finetune4j.catalog;

import org.jspecify.annotations.NullMarked;
