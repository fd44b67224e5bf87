/**
 * Quality as a test of an application's own build: measure, hold against a baseline that stands in
 * the repository, fail with the figures where it got worse.
 */
@NullMarked
package dev.finetune4j.testkit.evaluation;

import org.jspecify.annotations.NullMarked;
