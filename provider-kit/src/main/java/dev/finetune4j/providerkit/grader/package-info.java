/** Trying out a grader at the service that would run it during reinforcement training. */
@NullMarked
package dev.finetune4j.providerkit.grader;

import org.jspecify.annotations.NullMarked;
