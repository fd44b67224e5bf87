package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.adapter.LowRankSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings and folders of one training. Immutable.
 *
 * @param base the checkpoint folder to start from
 * @param data the data; its type determines the method
 * @param adapter the low-rank update to train; null to train every weight
 * @param checkpoints the folder of checkpoints
 * @param output the folder of the result: an adapter in PEFT's format or a whole checkpoint
 */
public record TrainingSpec(
    Path base,
    TrainingData data,
    TrainingSettings settings,
    @Nullable LowRankSettings adapter,
    Path checkpoints,
    Path output) {}
