package dev.finetune4j.baseline;

/**
 * A piece of a corpus, short enough to be shown to a model.
 *
 * @param id its source, for example a file, a page or a number; unique in its corpus
 * @param text what is shown
 */
public record Passage(String id, String text) {}
