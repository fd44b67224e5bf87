package dev.finetune4j.dataset;

/**
 * A data set in two parts that share no example by position, and no group where it was split by
 * group.
 *
 * @param training what the model learns from
 * @param validation what it is measured on
 * @param <E> the kind of example
 */
public record DatasetSplit<E extends Example>(Dataset<E> training, Dataset<E> validation) {}
