/**
 * For authors of providers: requests as values, and the HTTP transport with rate limits, retries,
 * credentials and errors. Sub-packages: the OpenAI dialect by subject, and jobs that are processes.
 */
@NullMarked
package dev.finetune4j.providerkit;

import org.jspecify.annotations.NullMarked;
