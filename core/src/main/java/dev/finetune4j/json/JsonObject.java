package dev.finetune4j.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with typed access to its members. A member that is null counts as absent. Not
 * thread-safe.
 *
 * <p>{@code requireX} throws a {@link JsonSyntaxException} that names the member if it is missing;
 * {@code findX} returns empty for a missing member. Both throw it for a member of another kind.
 */
public final class JsonObject {
  private final Map<String, @Nullable Object> members;

  /** The text that was read, for messages, such as a file name; empty if that is unknown. */
  private final String source;

  /** Where this object is inside the text, such as {@code rope_scaling.}. */
  private final String path;

  private JsonObject(Map<String, @Nullable Object> members, String source, String path) {
    this.members = members;
    this.source = source;
    this.path = path;
  }

  /** Copies a map; its keys become the names of the members. */
  public static JsonObject of(Map<?, ?> map) {
    return of(map, "", "");
  }

  static JsonObject of(Map<?, ?> map, String source, String path) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return new JsonObject(copy, source, path);
  }

  /** Starts an empty object. */
  public static JsonObject empty() {
    return new JsonObject(new LinkedHashMap<>(), "", "");
  }

  /** Sets a member and returns this object. A null is written as null. */
  public JsonObject put(String name, @Nullable Object value) {
    members.put(name, value instanceof JsonObject object ? object.members : value);
    return this;
  }

  /** Sets a member unless {@code value} is null or an empty Optional, and returns this object. */
  public JsonObject putIfPresent(String name, @Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(found -> put(name, found));
    } else if (value instanceof OptionalLong number) {
      number.ifPresent(found -> put(name, found));
    } else if (value instanceof OptionalDouble number) {
      number.ifPresent(found -> put(name, found));
    } else if (value != null) {
      put(name, value);
    }
    return this;
  }

  /** Returns the members, in order. */
  public Map<String, @Nullable Object> asMap() {
    return members;
  }

  /** Returns the names of the members, in order. */
  public List<String> names() {
    return List.copyOf(members.keySet());
  }

  /** Returns whether the object has the member, even if its value is null. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** Returns a value of any kind, empty if absent. */
  public Optional<Object> find(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** Returns a text, empty if absent. */
  public Optional<String> findString(String name) {
    return find(name, String.class, "a string");
  }

  /** Returns a text. */
  public String requireString(String name) {
    return findString(name).orElseThrow(() -> missing(name));
  }

  /** Returns a whole number, empty if absent. A fraction is cut off. */
  public OptionalLong findLong(String name) {
    Optional<Number> number = find(name, Number.class, "a number");
    return number.isPresent() ? OptionalLong.of(number.get().longValue()) : OptionalLong.empty();
  }

  /** Returns a whole number between -2^31 and 2^31 - 1, empty if absent. */
  public OptionalInt findInt(String name) {
    Optional<BigDecimal> number = findDecimal(name);
    if (number.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(number.get().intValueExact());
    } catch (ArithmeticException notWhole) {
      throw new JsonSyntaxException(
          member(name) + " is " + number.get() + "; expected a whole number.");
    }
  }

  /** Returns a whole number between -2^31 and 2^31 - 1. */
  public int requireInt(String name) {
    return findInt(name).orElseThrow(() -> missing(name));
  }

  /** Returns a whole number. */
  public long requireLong(String name) {
    return findLong(name).orElseThrow(() -> missing(name));
  }

  /** Returns a number, empty if absent. */
  public OptionalDouble findDouble(String name) {
    Optional<Number> number = find(name, Number.class, "a number");
    return number.isPresent()
        ? OptionalDouble.of(number.get().doubleValue())
        : OptionalDouble.empty();
  }

  /** Returns a number. */
  public double requireDouble(String name) {
    return findDouble(name).orElseThrow(() -> missing(name));
  }

  /** Returns an exact number, empty if absent. */
  public Optional<BigDecimal> findDecimal(String name) {
    return find(name, Number.class, "a number").map(number -> new BigDecimal(number.toString()));
  }

  /** Returns a truth value, empty if absent. */
  public Optional<Boolean> findBoolean(String name) {
    return find(name, Boolean.class, "a boolean");
  }

  /** Returns an object, empty if absent. */
  public Optional<JsonObject> findObject(String name) {
    return find(name, Map.class, "an object").map(map -> of(map, source, path + name + "."));
  }

  /** Returns an object. */
  public JsonObject requireObject(String name) {
    return findObject(name).orElseThrow(() -> missing(name));
  }

  /** Returns the items of an array; none if it is absent. */
  public List<@Nullable Object> list(String name) {
    Optional<List<?>> found = find(name, List.class, "an array").map(list -> (List<?>) list);
    return found.isPresent() ? new ArrayList<>(found.get()) : List.of();
  }

  /** Returns the items of an array of objects; none if it is absent. */
  public List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (Object item : list(name)) {
      if (!(item instanceof Map<?, ?> map)) {
        throw new JsonSyntaxException(
            member(name) + " contains " + Json.kind(item) + "; expected objects.");
      }
      objects.add(of(map, source, path + name + "[" + objects.size() + "]."));
    }
    return objects;
  }

  /** Returns the object on one line. */
  @Override
  public String toString() {
    return Json.write(members);
  }

  private <T> Optional<T> find(String name, Class<T> type, String kind) {
    Object value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw new JsonSyntaxException(
          member(name) + " is " + Json.kind(value) + "; expected " + kind + ".");
    }
    return Optional.of(type.cast(value));
  }

  private JsonSyntaxException missing(String name) {
    return new JsonSyntaxException(member(name) + " is missing.");
  }

  private String member(String name) {
    return (source.isEmpty() ? "Member \"" : source + ": member \"") + path + name + "\"";
  }
}
