/**
 * Raw records of data files, in blocks: lines, items of a JSON array, rows of a table. Knows no
 * domain type. Not API.
 */
@NullMarked
package dev.finetune4j.internal.record;

import org.jspecify.annotations.NullMarked;
