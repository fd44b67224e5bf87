/**
 * Making a tuned model answer, and ending that again: a deployment bills by the hour at some
 * providers, so each has a lease, and what nobody holds is found and deleted.
 */
@NullMarked
package dev.finetune4j.deployment;

import org.jspecify.annotations.NullMarked;
