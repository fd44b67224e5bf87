/** What the examples share: reading arguments, and showing on a terminal how a run goes. */
@NullMarked
package dev.finetune4j.examples.console;

import org.jspecify.annotations.NullMarked;
