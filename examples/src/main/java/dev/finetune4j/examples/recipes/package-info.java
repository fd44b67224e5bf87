/**
 * The data of the first example: made-up recipes, from whose ingredient lines the plain ingredients
 * are to be told.
 */
@NullMarked
package dev.finetune4j.examples.recipes;

import org.jspecify.annotations.NullMarked;
