/**
 * Checks training data before money is spent on it. Rules make findings; a report has all findings
 * at once, each with its location and a suggestion.
 */
@NullMarked
package dev.finetune4j.dataset.validation;

import org.jspecify.annotations.NullMarked;
