/** A Llama-style decoder over libtorch, with low-rank updates and a key-value cache. */
@NullMarked
package dev.finetune4j.local.internal.decoder;

import org.jspecify.annotations.NullMarked;
