/** Reads Parquet files; the only package that requires the optional Parquet library. */
@NullMarked
package dev.finetune4j.huggingface.internal.parquet;

import org.jspecify.annotations.NullMarked;
