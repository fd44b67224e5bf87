/** The embedded provider. */
@NullMarked
package dev.finetune4j.local;

import org.jspecify.annotations.NullMarked;
