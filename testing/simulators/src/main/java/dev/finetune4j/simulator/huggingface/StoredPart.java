package dev.finetune4j.simulator.huggingface;

/**
 * A part of a large file as it came.
 *
 * @param bytes its size
 * @param sha256 its hash
 */
public record StoredPart(long bytes, String sha256) {}
