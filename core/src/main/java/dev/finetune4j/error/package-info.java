/**
 * The root of all exceptions, and the exceptions for provider failures. Each says who must act: the
 * caller, the account holder, no one (wait), or the provider. Exceptions about a data set, a job or
 * a journal are in the package of the type they carry.
 */
@NullMarked
package dev.finetune4j.error;

import org.jspecify.annotations.NullMarked;
