/** Training in Docker Spaces, which are created for one job and deleted when it has ended. */
@NullMarked
package dev.finetune4j.huggingface.internal.space;

import org.jspecify.annotations.NullMarked;
