/**
 * Checks data before money is spent on it: rules make findings, findings make a report. All
 * findings at once, each with its place and suggestion.
 */
@NullMarked
package dev.finetune4j.dataset.validation;

import org.jspecify.annotations.NullMarked;
