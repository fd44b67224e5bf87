/** Counting tokens, exactly or as a flagged estimate, and what a data set's tokens look like. */
@NullMarked
package dev.finetune4j.token;

import org.jspecify.annotations.NullMarked;
