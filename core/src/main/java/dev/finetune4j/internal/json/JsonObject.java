package dev.finetune4j.internal.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with typed access to its members. A member that is null counts as absent. Not
 * thread-safe.
 *
 * <p>{@code requireX} throws a {@link JsonSyntaxException} that names the member; {@code findX}
 * returns empty for an absent one and throws for one of another kind.
 */
public final class JsonObject {
  private final Map<String, @Nullable Object> members;

  private JsonObject(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /** Wraps a map; keys are taken as text. */
  public static JsonObject of(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return new JsonObject(copy);
  }

  /** Starts an empty object. */
  public static JsonObject empty() {
    return new JsonObject(new LinkedHashMap<>());
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

  /** Returns whether the member is there, null or not. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** Returns a text, empty if absent. */
  public Optional<String> findString(String name) {
    return find(name, String.class, "a string");
  }

  /** Returns a text. */
  public String requireString(String name) {
    return findString(name).orElseThrow(() -> missing(name));
  }

  /** Returns a whole number, empty if absent. */
  public OptionalLong findLong(String name) {
    Optional<Number> number = find(name, Number.class, "a number");
    return number.isPresent() ? OptionalLong.of(number.get().longValue()) : OptionalLong.empty();
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
    return find(name, Map.class, "an object").map(JsonObject::of);
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
            "Member \"" + name + "\" holds " + Json.kind(item) + " where an object belongs.");
      }
      objects.add(of(map));
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
          "Member \"" + name + "\" is " + Json.kind(value) + ", and " + kind + " belongs there.");
    }
    return Optional.of(type.cast(value));
  }

  private static JsonSyntaxException missing(String name) {
    return new JsonSyntaxException("Member \"" + name + "\" is missing.");
  }
}
