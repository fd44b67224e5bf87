package dev.finetune4j.simulator.huggingface;

/**
 * An uploaded part of a large file.
 *
 * @param bytes its size
 * @param sha256 its hash
 */
public record StoredPart(long bytes, String sha256) {}
