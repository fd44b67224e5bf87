/**
 * Many questions to one model at half the price, answered within a day: written to a file, sent,
 * followed, and joined again with their questions.
 */
@NullMarked
package dev.finetune4j.providerkit.batch;

import org.jspecify.annotations.NullMarked;
