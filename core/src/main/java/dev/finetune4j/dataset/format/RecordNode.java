package dev.finetune4j.dataset.format;

import dev.finetune4j.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value in a record with its JSON path, for error messages. */
final class RecordNode {
  private final @Nullable RecordNode parent;
  private final String step;
  private final @Nullable Object value;

  private RecordNode(@Nullable RecordNode parent, String step, @Nullable Object value) {
    this.parent = parent;
    this.step = step;
    this.value = value;
  }

  static RecordNode root(@Nullable Object record) {
    return new RecordNode(null, "$", record);
  }

  @Nullable Object value() {
    return value;
  }

  /** Returns whether the member exists and is not null. */
  boolean has(String name) {
    return object().get(name) != null;
  }

  RecordNode member(String name) {
    Object found = object().get(name);
    if (found == null) {
      throw new MalformedExampleException(path(), "The member \"" + name + "\" is missing.");
    }
    return new RecordNode(this, "." + name, found);
  }

  @Nullable RecordNode find(String name) {
    Object found = object().get(name);
    return found == null ? null : new RecordNode(this, "." + name, found);
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw wrongKind("a string");
  }

  List<RecordNode> items() {
    if (!(value instanceof List<?> list)) {
      throw wrongKind("an array");
    }
    List<RecordNode> items = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      items.add(new RecordNode(this, "[" + i + "]", list.get(i)));
    }
    return items;
  }

  boolean isText() {
    return value instanceof String;
  }

  boolean isList() {
    return value instanceof List;
  }

  String json() {
    return Json.write(value);
  }

  Map<?, ?> object() {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrongKind("an object");
  }

  MalformedExampleException broken(String fact) {
    return new MalformedExampleException(path(), fact);
  }

  private MalformedExampleException wrongKind(String wanted) {
    return broken("Expected " + wanted + ", but found " + Json.kind(value) + ".");
  }

  private String path() {
    return parent == null ? step : parent.path() + step;
  }

  /** Returns the tree as an object. */
  @SuppressWarnings("unchecked") // The parsers only make maps with strings as keys.
  static Map<String, @Nullable Object> requireObject(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new MalformedExampleException(
        "$", "A record must be an object, but this is " + Json.kind(tree) + ".");
  }
}
