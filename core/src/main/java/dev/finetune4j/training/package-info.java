/**
 * What is asked of a provider: method x weight update x hyperparameters, with the data, make a
 * request. Wrong pairs do not compile.
 */
@NullMarked
package dev.finetune4j.training;

import org.jspecify.annotations.NullMarked;
