package dev.finetune4j.huggingface.data;

/**
 * A split of a data set on the Hub.
 *
 * @param dataset the repository, {@code owner/name}
 * @param configuration the subset, which the Hub also calls config; {@code default} if there is
 *     only one
 * @param split {@code train}, {@code validation}, {@code test} or another name
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
