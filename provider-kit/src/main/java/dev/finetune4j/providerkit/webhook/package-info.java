/**
 * Webhooks: signed notices in the form of Standard Webhooks, checked and turned into the job that
 * they are about.
 */
@NullMarked
package dev.finetune4j.providerkit.webhook;

import org.jspecify.annotations.NullMarked;
