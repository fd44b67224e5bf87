/**
 * Money: prices, an estimate with its assumptions, a budget that acts, and a ledger of what was
 * really spent.
 */
@NullMarked
package dev.finetune4j.cost;

import org.jspecify.annotations.NullMarked;
