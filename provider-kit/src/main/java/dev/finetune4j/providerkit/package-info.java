/**
 * For authors of providers: the HTTP transport with its retries, credentials and errors. The
 * sub-packages hold the chat dialect and jobs that are processes.
 */
@NullMarked
package dev.finetune4j.providerkit;

import org.jspecify.annotations.NullMarked;
