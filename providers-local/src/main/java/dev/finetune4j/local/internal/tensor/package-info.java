/** The few operations on libtorch tensors that the engine needs and JavaCPP makes wordy. */
@NullMarked
package dev.finetune4j.local.internal.tensor;

import org.jspecify.annotations.NullMarked;
