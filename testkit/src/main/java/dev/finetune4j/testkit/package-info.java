/** Fakes, the provider contract and simulators, for tests. */
@NullMarked
package dev.finetune4j.testkit;

import org.jspecify.annotations.NullMarked;
