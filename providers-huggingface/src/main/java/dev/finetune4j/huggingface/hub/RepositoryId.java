package dev.finetune4j.huggingface.hub;

import java.util.List;

/**
 * The kind and name of a repository on the Hub.
 *
 * @param kind the kind of content
 * @param name owner and name, {@code acme/recipes}; a few old models have no owner
 */
public record RepositoryId(RepositoryKind kind, String name) {

  /** Checks the name. */
  public RepositoryId {
    if (!name.matches("(\\w[\\w.-]{0,95}/)?\\w[\\w.-]{0,95}") || name.endsWith(".git")) {
      throw new IllegalArgumentException(
          "A repository name must be \"owner/name\" with letters, digits, '-', '_' and '.', but was"
              + " \""
              + name
              + "\"");
    }
  }

  /** Returns the ID of a model. */
  public static RepositoryId model(String name) {
    return new RepositoryId(RepositoryKind.MODEL, name);
  }

  /** Returns the ID of a data set. */
  public static RepositoryId dataset(String name) {
    return new RepositoryId(RepositoryKind.DATASET, name);
  }

  /** Returns the segments of the name: owner and name, or the name alone. */
  List<String> segments() {
    return List.of(name.split("/", -1));
  }

  /** Returns its folder in the cache, {@code datasets--acme--recipes}. */
  String cacheFolder() {
    return kind.word() + "s--" + name.replace("/", "--");
  }

  @Override
  public String toString() {
    return kind.folder().isEmpty() ? name : kind.folder() + "/" + name;
  }
}
