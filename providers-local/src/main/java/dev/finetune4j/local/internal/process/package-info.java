/** The trainer as a child process: what its job folder holds, and its main class. */
@NullMarked
package dev.finetune4j.local.internal.process;

import org.jspecify.annotations.NullMarked;
