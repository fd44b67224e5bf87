/** Fakes and a manual clock, for tests. */
@NullMarked
package dev.finetune4j.testkit;

import org.jspecify.annotations.NullMarked;
