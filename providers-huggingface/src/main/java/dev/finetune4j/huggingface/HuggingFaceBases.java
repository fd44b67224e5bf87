package dev.finetune4j.huggingface;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The base models: folders that the caller named, and repositories on the Hub. Thread-safe. */
final class HuggingFaceBases {
  // Names of tuned models contain a colon; repository names cannot.
  private static final char TUNED_MARK = ':';

  private final Map<String, Path> folders;

  HuggingFaceBases(Map<String, Path> folders) {
    this.folders = new TreeMap<>(folders);
  }

  /** Returns the name of a folder, after checking it. */
  static String requireName(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._/-]*")) {
      throw new IllegalArgumentException(
          "A base model name may have only letters, digits, dots, hyphens, underscores and"
              + " slashes: \""
              + name
              + "\"");
    }
    return name;
  }

  boolean isBase(String name) {
    return folders.containsKey(name) || name.indexOf(TUNED_MARK) < 0;
  }

  /** Returns how transformers locates the base: a folder, or the name of a repository. */
  String place(String name) {
    Path folder = folders.get(name);
    return folder == null ? name : folder.toString();
  }

  /** Returns the bases that the caller named. */
  Set<String> names() {
    return folders.keySet();
  }
}
