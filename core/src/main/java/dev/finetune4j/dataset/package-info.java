/**
 * Examples and sets of them: what a line of training data is, how it is read from every common
 * format, changed, split and written. A set is streamed, never held in memory unless it was made
 * from a list.
 */
@NullMarked
package dev.finetune4j.dataset;

import org.jspecify.annotations.NullMarked;
