/**
 * The server process: serves one base and its adapters on loopback in OpenAI's chat format until
 * its parent ends.
 */
@NullMarked
package dev.finetune4j.local.internal.server;

import org.jspecify.annotations.NullMarked;
