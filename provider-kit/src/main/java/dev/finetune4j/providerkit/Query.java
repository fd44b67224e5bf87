package dev.finetune4j.providerkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a URL, in order; a name may occur more than once. Immutable; thread-safe.
 * Its text shows the names only, since values can be private.
 */
public final class Query {
  private static final Query EMPTY = new Query(List.of());

  private final List<Parameter> parameters;

  private Query(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  private record Parameter(String name, String value) {}

  /** Returns the query without a parameter. */
  public static Query empty() {
    return EMPTY;
  }

  /** Returns a query of one parameter; the value is encoded when it is sent. */
  public static Query of(String name, Object value) {
    return EMPTY.and(name, value);
  }

  /** Returns this query with one parameter more. */
  public Query and(String name, Object value) {
    List<Parameter> longer = new ArrayList<>(parameters);
    longer.add(new Parameter(Objects.requireNonNull(name, "name"), value.toString()));
    return new Query(List.copyOf(longer));
  }

  /** Returns this query with one parameter more, or this query if {@code value} is null. */
  public Query andIfPresent(String name, @Nullable Object value) {
    return value == null ? this : and(name, value);
  }

  /** Returns whether there is no parameter. */
  public boolean isEmpty() {
    return parameters.isEmpty();
  }

  void addTo(HttpUrl.Builder url) {
    for (Parameter parameter : parameters) {
      url.addQueryParameter(parameter.name(), parameter.value());
    }
  }

  @Override
  public String toString() {
    return "Query" + parameters.stream().map(Parameter::name).toList();
  }
}
