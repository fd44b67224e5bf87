/**
 * The root of all exceptions, and those that are born from a provider's answer. Each says who must
 * act: the caller, whoever holds the credentials, nobody (wait), or the provider. Exceptions about
 * a data set, a job or a journal stand beside the type they carry.
 */
@NullMarked
package dev.finetune4j.error;

import org.jspecify.annotations.NullMarked;
