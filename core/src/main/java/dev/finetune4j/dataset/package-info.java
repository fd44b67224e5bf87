/**
 * Examples and data sets: transforming, splitting and fingerprinting them. Sets are streamed and
 * not held in memory unless they are made from a list. {@link dev.finetune4j.dataset.format} reads
 * and writes them.
 */
@NullMarked
package dev.finetune4j.dataset;

import org.jspecify.annotations.NullMarked;
