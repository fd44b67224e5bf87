/** Parquet files as records: the only package that needs the optional Parquet library. */
@NullMarked
package dev.finetune4j.huggingface.internal.parquet;

import org.jspecify.annotations.NullMarked;
