/**
 * Graders of single answers that run in this JVM, the values that they take and return, and steps
 * that take the part to grade out of an answer. Graders of JSON are made by {@link
 * dev.finetune4j.grading.Graders}, as all ready graders are, and so are in this package.
 */
@NullMarked
package dev.finetune4j.grading;

import org.jspecify.annotations.NullMarked;
