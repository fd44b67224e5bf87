/**
 * The server as a child process: one base and its adapters, asked in the OpenAI chat dialect on
 * loopback, for as long as its parent lives.
 */
@NullMarked
package dev.finetune4j.local.internal.server;

import org.jspecify.annotations.NullMarked;
