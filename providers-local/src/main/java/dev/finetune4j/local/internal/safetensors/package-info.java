/**
 * Reads and writes safetensors files: a JSON header, then the numbers; knows nothing of libtorch.
 */
@NullMarked
package dev.finetune4j.local.internal.safetensors;

import org.jspecify.annotations.NullMarked;
