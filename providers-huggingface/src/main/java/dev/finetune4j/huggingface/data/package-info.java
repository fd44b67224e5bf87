/** Data sets of the Hub as training data: rows of the Hub's dataset viewer, and Parquet files. */
@NullMarked
package dev.finetune4j.huggingface.data;

import org.jspecify.annotations.NullMarked;
