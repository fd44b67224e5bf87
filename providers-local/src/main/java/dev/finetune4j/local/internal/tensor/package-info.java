/** Short forms of the libtorch operations that this module needs. */
@NullMarked
package dev.finetune4j.local.internal.tensor;

import org.jspecify.annotations.NullMarked;
