package dev.finetune4j.inference;

import java.time.Duration;

/**
 * How much of one limit a service says is left. Immutable and thread-safe.
 *
 * @param limit how many units it allows in a minute
 * @param remaining how many of them are left now
 * @param untilFull how long until all of them are there again
 */
public record RateAllowance(long limit, long remaining, Duration untilFull) {}
