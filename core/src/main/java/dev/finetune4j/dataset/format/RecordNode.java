package dev.finetune4j.dataset.format;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in a record that is being read. It knows its JSON path, reports problems with it, and
 * remembers which members of an object were read, so that the others can be reported. Not
 * thread-safe.
 */
final class RecordNode {
  private final @Nullable RecordNode parent;
  private final String name;
  private final int index;
  private final @Nullable Object value;
  private final Reading reading;
  private List<String> asked = List.of();
  private int present;

  /** Where the problems of one record go: to a collector, or into an exception. */
  private static final class Reading {
    private final @Nullable RecordProblems problems;
    private Map<String, String> names = Map.of();
    private boolean labelled;
    private boolean failed;

    Reading(@Nullable RecordProblems problems) {
      this.problems = problems;
    }
  }

  /** Makes the value of a member, or of an item if {@code index} is not negative. */
  private RecordNode(
      @Nullable RecordNode parent,
      String name,
      int index,
      @Nullable Object value,
      Reading reading) {
    this.parent = parent;
    this.name = name;
    this.index = index;
    this.value = value;
    this.reading = reading;
  }

  /** Returns the root of a record. Without a collector, the first failure is thrown. */
  static RecordNode root(@Nullable Object record, @Nullable RecordProblems problems) {
    return new RecordNode(null, "$", -1, record, new Reading(problems));
  }

  /**
   * Reads the members of this root under other names: from the usual name to the one in the file,
   * which is empty for a member that is not to be read.
   */
  RecordNode renamed(Map<String, String> names) {
    reading.names = names;
    return this;
  }

  /** Allows a label that says whether the answer is wanted; other formats refuse it. */
  void allowLabel() {
    reading.labelled = true;
  }

  boolean allowsLabel() {
    return reading.labelled;
  }

  /** Returns the name that a member has in the file. */
  String nameOf(String usual) {
    String other = parent == null ? reading.names.getOrDefault(usual, usual) : usual;
    return other.isEmpty() ? usual : other;
  }

  /** Returns whether this is an object with that member, which may be null. Does not read it. */
  boolean has(String usual) {
    return value instanceof Map<?, ?> map
        && !(parent == null && "".equals(reading.names.get(usual)))
        && map.containsKey(nameOf(usual));
  }

  /** Returns the value of a member without reading it. */
  @Nullable Object peek(String usual) {
    return has(usual) && value instanceof Map<?, ?> map ? map.get(nameOf(usual)) : null;
  }

  /** Returns a value at the place of this one, such as JSON that was inside a string. */
  RecordNode with(@Nullable Object other) {
    return new RecordNode(parent, name, index, other, reading);
  }

  /** Returns the place of a member without reading it. */
  RecordNode at(String name) {
    return new RecordNode(this, nameOf(name), -1, null, reading);
  }

  @Nullable Object value() {
    return value;
  }

  /** Returns a member, null if it is missing, or null in the file, or this is not an object. */
  @Nullable RecordNode find(String usual) {
    if (parent == null && "".equals(reading.names.get(usual))) {
      return null;
    }
    String name = nameOf(usual);
    Object found = value instanceof Map<?, ?> map ? map.get(name) : null;
    if (!asked.contains(name)) {
      if (asked.isEmpty()) {
        asked = new ArrayList<>(8);
      }
      asked.add(name);
      present += found == null ? 0 : 1;
    }
    return found == null ? null : new RecordNode(this, name, -1, found, reading);
  }

  /** Returns whether a member with this name in the file was read. */
  boolean wasAsked(String name) {
    return asked.contains(name);
  }

  /** Returns the members that were not read and are not null. */
  List<String> unread() {
    if (!(value instanceof Map<?, ?> map) || map.size() == present) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    map.forEach(
        (name, member) -> {
          if (member != null && !asked.contains(name)) {
            names.add(String.valueOf(name));
          }
        });
    return names;
  }

  /** Warns of each member that was not read. */
  void warnOfUnread(String of) {
    for (String name : unread()) {
      new RecordNode(this, name, -1, null, reading)
          .warning(
              "unknown-key",
              "Unknown member \"" + name + "\" of " + of + ".",
              "Remove it: it is not used in training, and some services reject it.");
    }
  }

  /** Returns the first of these members that is there; null if none is. */
  @Nullable RecordNode findAny(String... names) {
    RecordNode found = null;
    for (String name : names) {
      found = found == null ? find(name) : found;
    }
    return found;
  }

  /** Returns a string, empty after reporting a failure if this is something else. */
  String text(String rule, String suggestion) {
    if (value instanceof String text) {
      return text;
    }
    fail(rule, "Expected a string, but found " + kind() + ".", suggestion);
    return "";
  }

  /** Returns the items of an array; none if this is something else. */
  List<RecordNode> items() {
    if (!(value instanceof List<?> list)) {
      return List.of();
    }
    List<RecordNode> items = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      items.add(new RecordNode(this, "", i, list.get(i), reading));
    }
    return items;
  }

  /**
   * Returns this string parsed as JSON, read strictly. Returns null after reporting a failure if it
   * is not JSON.
   */
  @Nullable RecordNode json(String rule, String suggestion) {
    try {
      return with(Json.parse(String.valueOf(value)));
    } catch (JsonSyntaxException e) {
      fail(rule, "The string is not JSON: " + e.getMessage(), suggestion);
      return null;
    }
  }

  boolean isText() {
    return value instanceof String;
  }

  boolean isList() {
    return value instanceof List;
  }

  boolean isObject() {
    return value instanceof Map;
  }

  /** Returns what kind of value this is, for messages. */
  String kind() {
    return Json.kind(value);
  }

  /** Returns whether a problem was reported because of which there is no example. */
  boolean failed() {
    return reading.failed;
  }

  /**
   * Reports a problem because of which no example can be made.
   *
   * @throws MalformedExampleException if there is no collector
   */
  void fail(String rule, String message, String suggestion) {
    reading.failed = true;
    if (reading.problems == null) {
      throw new MalformedExampleException(path(), message);
    }
    reading.problems.error(rule, path(), message, suggestion);
  }

  void error(String rule, String message, String suggestion) {
    if (reading.problems != null) {
      reading.problems.error(rule, path(), message, suggestion);
    }
  }

  void warning(String rule, String message, String suggestion) {
    if (reading.problems != null) {
      reading.problems.warning(rule, path(), message, suggestion);
    }
  }

  void note(String rule, String message, String suggestion) {
    if (reading.problems != null) {
      reading.problems.note(rule, path(), message, suggestion);
    }
  }

  private String path() {
    if (parent == null) {
      return name;
    }
    return parent.path() + (index < 0 ? "." + name : "[" + index + "]");
  }
}
