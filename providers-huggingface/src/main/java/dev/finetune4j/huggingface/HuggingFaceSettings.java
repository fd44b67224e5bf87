package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import java.nio.file.Path;

/**
 * Settings shared by all parts of the provider.
 *
 * @param directory the folder of jobs, results, server logs and deployments
 * @param environment the Python environment for training and serving
 * @param accelerator detects a GPU
 * @param server how models are served
 * @param time the clock
 */
record HuggingFaceSettings(
    Path directory,
    TrlEnvironment environment,
    TrlAccelerator accelerator,
    ServerOptions server,
    Time time) {}
