/**
 * Decides whether to use a tuned model from its measured quality, cost and lifetime, with reasons
 * and a break-even.
 */
@NullMarked
package dev.finetune4j.decision;

import org.jspecify.annotations.NullMarked;
