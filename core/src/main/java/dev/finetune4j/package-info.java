/** The names that every other package uses. */
@NullMarked
package dev.finetune4j;

import org.jspecify.annotations.NullMarked;
