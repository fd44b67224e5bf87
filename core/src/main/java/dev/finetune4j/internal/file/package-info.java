/** Claims on files that exclude other processes. Not API. */
@NullMarked
package dev.finetune4j.internal.file;

import org.jspecify.annotations.NullMarked;
