package dev.finetune4j.huggingface.data;

/**
 * A part of a data set on the Hub: the rows that are read as one.
 *
 * @param dataset the repository, {@code owner/name}
 * @param configuration what the Hub calls subset or config; {@code default} where there is one only
 * @param split {@code train}, {@code validation}, {@code test} or what the author calls it
 */
public record HubSplit(String dataset, String configuration, String split) {

  /** Returns the split of a data set that has no configurations. */
  public static HubSplit of(String dataset, String split) {
    return new HubSplit(dataset, "default", split);
  }

  @Override
  public String toString() {
    return dataset + "/" + configuration + "/" + split;
  }
}
