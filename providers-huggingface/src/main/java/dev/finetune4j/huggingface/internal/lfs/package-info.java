/** Large files on their way to the Hub, by the protocol of Git LFS with the Hub's several parts. */
@NullMarked
package dev.finetune4j.huggingface.internal.lfs;

import org.jspecify.annotations.NullMarked;
