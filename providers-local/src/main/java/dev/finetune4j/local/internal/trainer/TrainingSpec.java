package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.adapter.LowRankSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All that a training needs to know. Immutable.
 *
 * @param base the checkpoint folder to start from
 * @param data what to learn; its kind decides the method
 * @param adapter the low-rank update to train; null to train every weight
 * @param checkpoints where checkpoints are kept and looked for
 * @param output where the result goes: an adapter in PEFT's format, or a whole checkpoint folder
 */
public record TrainingSpec(
    Path base,
    TrainingData data,
    TrainingSettings settings,
    @Nullable LowRankSettings adapter,
    Path checkpoints,
    Path output) {}
