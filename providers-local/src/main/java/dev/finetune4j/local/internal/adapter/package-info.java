/** Low-rank adapters in PEFT's format, and the checkpoint that results from merging one. */
@NullMarked
package dev.finetune4j.local.internal.adapter;

import org.jspecify.annotations.NullMarked;
