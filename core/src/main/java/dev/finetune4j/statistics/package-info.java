/**
 * Statistics of paired measurements: intervals, tests, corrections for many tests, and how large a
 * test set must be. Pure functions of numbers that know nothing of models; every draw has a fixed
 * seed, so equal data give equal figures.
 */
@NullMarked
package dev.finetune4j.statistics;

import org.jspecify.annotations.NullMarked;
