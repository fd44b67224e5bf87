/** Asking a model: one method, whatever serves it. A lambda is a test double. */
@NullMarked
package dev.finetune4j.inference;

import org.jspecify.annotations.NullMarked;
