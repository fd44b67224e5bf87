/** Contracts that implementations of core's interfaces must pass. */
@NullMarked
package dev.finetune4j.tck;

import org.jspecify.annotations.NullMarked;
