/**
 * The journal of a run: its entries, the claim to write it, and journals in files and in memory.
 */
@NullMarked
package dev.finetune4j.workflow.journal;

import org.jspecify.annotations.NullMarked;
