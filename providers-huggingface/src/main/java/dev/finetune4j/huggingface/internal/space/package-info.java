/**
 * Trainings in Docker Spaces that are made for one job, followed, and deleted when it has ended.
 */
@NullMarked
package dev.finetune4j.huggingface.internal.space;

import org.jspecify.annotations.NullMarked;
