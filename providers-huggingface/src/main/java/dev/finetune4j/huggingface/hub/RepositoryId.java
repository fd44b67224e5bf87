package dev.finetune4j.huggingface.hub;

import java.util.List;

/**
 * The name of a repository on the Hub.
 *
 * @param kind what it holds
 * @param name owner and name, {@code acme/recipes}; a few old models have no owner
 */
public record RepositoryId(RepositoryKind kind, String name) {

  /** Checks the form. */
  public RepositoryId {
    if (!name.matches("(\\w[\\w.-]{0,95}/)?\\w[\\w.-]{0,95}") || name.endsWith(".git")) {
      throw new IllegalArgumentException(
          "A repository is called \"owner/name\", of letters, digits, '-', '_' and '.', and this is"
              + " not: \""
              + name
              + "\"");
    }
  }

  /** Returns the name of a model. */
  public static RepositoryId model(String name) {
    return new RepositoryId(RepositoryKind.MODEL, name);
  }

  /** Returns the name of a data set. */
  public static RepositoryId dataset(String name) {
    return new RepositoryId(RepositoryKind.DATASET, name);
  }

  /** Returns the segments of the name: owner and name, or the name alone. */
  List<String> segments() {
    return List.of(name.split("/", -1));
  }

  /** Returns the folder of it in the cache, {@code datasets--acme--recipes}. */
  String cacheFolder() {
    return kind.word() + "s--" + name.replace("/", "--");
  }

  @Override
  public String toString() {
    return kind.folder().isEmpty() ? name : kind.folder() + "/" + name;
  }
}
