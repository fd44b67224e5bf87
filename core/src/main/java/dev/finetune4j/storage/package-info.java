/**
 * Files that survive a crash, for authors of providers and stores: a file that is replaced as a
 * whole, and a file of checksummed records to which lines are only added.
 */
@NullMarked
package dev.finetune4j.storage;

import org.jspecify.annotations.NullMarked;
