/** Durable runs: the plan, the steps, which are never repeated once completed, and the result. */
@NullMarked
package dev.finetune4j.workflow;

import org.jspecify.annotations.NullMarked;
