/**
 * Examples and data sets: reading training data from every common format, transforming, splitting
 * and writing it. Sets are streamed and not held in memory unless they are made from a list.
 */
@NullMarked
package dev.finetune4j.dataset;

import org.jspecify.annotations.NullMarked;
