/**
 * Data sets of the Hub as training data: rows as the Hub's own server of data sets shows them, and
 * Parquet files.
 */
@NullMarked
package dev.finetune4j.huggingface.data;

import org.jspecify.annotations.NullMarked;
