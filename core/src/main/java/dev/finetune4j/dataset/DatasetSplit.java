package dev.finetune4j.dataset;

/**
 * A data set in two parts. No example is in both, and no group if it was split by group.
 *
 * @param training what the model learns from
 * @param validation what the model is evaluated on
 * @param <E> the kind of example
 */
public record DatasetSplit<E extends Example>(Dataset<E> training, Dataset<E> validation) {}
