/**
 * Reads raw records of data files in blocks: lines, items of a JSON array, or rows of a CSV file.
 * Independent of domain types. Not API.
 */
@NullMarked
package dev.finetune4j.internal.record;

import org.jspecify.annotations.NullMarked;
