/**
 * Quality checks in an application's own build: evaluates, compares with a baseline that is kept in
 * the repository, and fails with the figures if quality fell.
 */
@NullMarked
package dev.finetune4j.testkit.evaluation;

import org.jspecify.annotations.NullMarked;
