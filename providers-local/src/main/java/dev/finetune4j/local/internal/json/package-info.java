/** Reads and writes the small JSON files that lie beside a model's weights. */
@NullMarked
package dev.finetune4j.local.internal.json;

import org.jspecify.annotations.NullMarked;
