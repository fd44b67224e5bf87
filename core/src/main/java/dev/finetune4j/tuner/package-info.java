/** The shortest way through the library: a whole run in one directory. */
@NullMarked
package dev.finetune4j.tuner;

import org.jspecify.annotations.NullMarked;
