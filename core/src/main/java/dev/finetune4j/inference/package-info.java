/** Asking a model: one method for every provider. A lambda is a test double. */
@NullMarked
package dev.finetune4j.inference;

import org.jspecify.annotations.NullMarked;
