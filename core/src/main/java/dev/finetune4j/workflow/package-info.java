/**
 * The durable run: a plan, a journal on disk, steps that are never done twice, and their result.
 */
@NullMarked
package dev.finetune4j.workflow;

import org.jspecify.annotations.NullMarked;
