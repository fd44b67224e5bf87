package dev.finetune4j.json;

import org.jspecify.annotations.Nullable;

/** The JSON path of the current position: cheap to maintain, expensive to print. */
final class JsonPathTrace {
  private final @Nullable String[] names;
  private final int[] indexes;
  private int depth;

  JsonPathTrace(int deepest) {
    names = new String[deepest];
    indexes = new int[deepest];
  }

  void clear() {
    depth = 0;
  }

  /** Enters an object or an array; false if that is too deep. */
  boolean deeper() {
    if (depth == names.length) {
      return false;
    }
    names[depth] = null;
    indexes[depth] = -1;
    depth++;
    return true;
  }

  void shallower() {
    depth--;
  }

  void name(String name) {
    names[depth - 1] = name;
  }

  void index(int index) {
    indexes[depth - 1] = index;
  }

  String path() {
    StringBuilder path = new StringBuilder("$");
    for (int i = 0; i < depth; i++) {
      if (names[i] != null) {
        path.append('.').append(names[i]);
      } else if (indexes[i] >= 0) {
        path.append('[').append(indexes[i]).append(']');
      }
    }
    return path.toString();
  }
}
