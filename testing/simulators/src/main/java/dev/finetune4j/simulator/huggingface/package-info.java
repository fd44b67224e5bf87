/** The Hugging Face Hub on loopback: repositories, large files, jobs and inference endpoints. */
@NullMarked
package dev.finetune4j.simulator.huggingface;

import org.jspecify.annotations.NullMarked;
