package dev.finetune4j.local;

import dev.finetune4j.Time;
import dev.finetune4j.providerkit.process.JavaCommand;
import java.nio.file.Path;

/**
 * Settings shared by the parts of the provider.
 *
 * @param directory the folder of jobs, bases and deployments
 * @param workers how many cores train and generate
 * @param java the command of a child, without its main class
 * @param time the clock
 */
record LocalSettings(Path directory, int workers, JavaCommand java, Time time) {}
