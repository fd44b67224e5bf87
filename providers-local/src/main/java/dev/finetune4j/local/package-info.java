/**
 * The embedded provider: trains and serves small models on this machine's processor, in child
 * processes, without an account, without a network and free of charge.
 */
@NullMarked
package dev.finetune4j.local;

import org.jspecify.annotations.NullMarked;
