package dev.finetune4j.local;

import dev.finetune4j.Time;
import dev.finetune4j.providerkit.process.JavaCommand;
import java.nio.file.Path;

/**
 * What all parts of the provider need to know.
 *
 * @param directory where jobs, bases and deployments are
 * @param workers how many cores train and answer
 * @param java the command of a child, without its main class
 * @param time the clock
 */
record LocalSettings(Path directory, int workers, JavaCommand java, Time time) {}
