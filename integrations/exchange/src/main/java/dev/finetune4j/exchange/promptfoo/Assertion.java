package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One assertion of a test about the answer. Immutable.
 *
 * @param json the assertion as it was written
 */
record Assertion(JsonObject json) {
  static final String JUDGE_OF_DEFAULT = "default";

  String typeWord() {
    return json.requireString("type");
  }

  Optional<AssertionType> type() {
    return AssertionType.of(typeWord());
  }

  boolean isInverse() {
    return typeWord().startsWith("not-");
  }

  @Nullable Object value() {
    return json.asMap().get("value");
  }

  OptionalDouble threshold() {
    return json.asMap().get("threshold") instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  double weight() {
    return json.asMap().get("weight") instanceof Number number ? number.doubleValue() : 1;
  }

  /** Returns the metric that it counts for, else its type. */
  String name() {
    return json.asMap().get("metric") instanceof String metric && !metric.isEmpty()
        ? metric
        : typeWord();
  }

  /** Returns the name of the model that judges. */
  String judge() {
    Object provider = json.asMap().get("provider");
    if (provider instanceof Map<?, ?> map) {
      Object text = map.get("text") == null ? map.get("id") : map.get("text");
      provider = text instanceof Map<?, ?> inner ? inner.get("id") : text;
    }
    return provider instanceof String name ? name : JUDGE_OF_DEFAULT;
  }

  List<Assertion> parts() {
    return listOf(json.asMap().get("assert"));
  }

  /** Returns whether this library can grade by it. */
  boolean isRunnable() {
    Optional<AssertionType> type = type();
    if (type.isEmpty() || json.has("transform")) {
      return false;
    }
    if (type.get() == AssertionType.SET) {
      return parts().stream().anyMatch(Assertion::isRunnable);
    }
    return Nunjucks.obstacleIn(value()).isEmpty();
  }

  static List<Assertion> listOf(@Nullable Object written) {
    List<Assertion> parts = new ArrayList<>();
    for (Object item : written instanceof List<?> list ? list : List.of()) {
      if (item instanceof Map<?, ?> map && map.get("type") instanceof String) {
        parts.add(new Assertion(JsonObject.of(map)));
      }
    }
    return parts;
  }

  /** Returns the value as texts: the items of a list, or the parts of a comma-separated text. */
  List<String> texts(@Nullable Object filled) {
    if (filled instanceof List<?> list) {
      return list.stream().map(Nunjucks::shown).toList();
    }
    return List.of(Nunjucks.shown(filled).split("\\s*,\\s*", -1));
  }
}
