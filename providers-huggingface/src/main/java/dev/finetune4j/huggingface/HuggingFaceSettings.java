package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import java.nio.file.Path;

/**
 * What all parts of the provider need to know.
 *
 * @param directory where jobs, results, servers' logs and deployments are
 * @param environment the Python that trains and serves
 * @param accelerator whether there is a graphics card
 * @param server how models are served
 * @param time the clock
 */
record HuggingFaceSettings(
    Path directory,
    TrlEnvironment environment,
    TrlAccelerator accelerator,
    ServerOptions server,
    Time time) {}
