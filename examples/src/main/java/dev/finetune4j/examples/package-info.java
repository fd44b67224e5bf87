/** One runnable class per task. */
@NullMarked
package dev.finetune4j.examples;

import org.jspecify.annotations.NullMarked;
