/**
 * Uploads of large files to the Hub, by the Git LFS protocol with the Hub's multipart extension.
 */
@NullMarked
package dev.finetune4j.huggingface.internal.lfs;

import org.jspecify.annotations.NullMarked;
