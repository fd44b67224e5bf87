package dev.finetune4j.providerkit.job;

/** Where a service stores the submission key of a job. */
public enum KeyPlace {
  /** In {@code metadata}, by which the list of jobs can be filtered. */
  METADATA,
  /** At the end of the suffix, for services that drop metadata; the list is read page by page. */
  SUFFIX
}
