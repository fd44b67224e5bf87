/**
 * For authors of providers: calls as values, and the HTTP transport with its limits, retries,
 * credentials and errors. The sub-packages hold the dialect of OpenAI, subject by subject, and jobs
 * that are processes.
 */
@NullMarked
package dev.finetune4j.providerkit;

import org.jspecify.annotations.NullMarked;
