/**
 * Quality x cost x lifetime: makes a {@code Decision} with its reasons and its break-even out of
 * what was measured.
 */
@NullMarked
package dev.finetune4j.decision;

import org.jspecify.annotations.NullMarked;
