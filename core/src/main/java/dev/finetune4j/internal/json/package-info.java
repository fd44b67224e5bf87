/** The fast path for data sets: JSON read from bytes, with the path of each fault. Not API. */
@NullMarked
package dev.finetune4j.internal.json;

import org.jspecify.annotations.NullMarked;
