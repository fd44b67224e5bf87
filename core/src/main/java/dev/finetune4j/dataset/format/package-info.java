/**
 * Files and formats of training data: codecs for the records of each common format, and readers and
 * writers of JSON lines, JSON arrays and tables.
 */
@NullMarked
package dev.finetune4j.dataset.format;

import org.jspecify.annotations.NullMarked;
