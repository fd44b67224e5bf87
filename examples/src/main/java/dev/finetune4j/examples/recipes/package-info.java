/** The data of the first example: made-up recipes, whose plain ingredients a model extracts. */
@NullMarked
package dev.finetune4j.examples.recipes;

import org.jspecify.annotations.NullMarked;
