package dev.finetune4j.dataset;

import dev.finetune4j.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts with {@code {{column}}} in them. */
final class PromptTemplate {
  private static final Pattern COLUMN = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*}}");

  private PromptTemplate() {}

  static List<String> columns(String template) {
    List<String> columns = new ArrayList<>();
    Matcher matcher = COLUMN.matcher(template);
    while (matcher.find()) {
      columns.add(matcher.group(1));
    }
    return columns;
  }

  static String fill(String template, Map<String, ? extends @Nullable Object> record) {
    Matcher matcher = COLUMN.matcher(template);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String column = matcher.group(1);
      if (!record.containsKey(column)) {
        throw new MalformedExampleException(
            "$." + column,
            "The column \"" + column + "\" is missing; there are " + record.keySet() + ".");
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(shown(record.get(column))));
    }
    return matcher.appendTail(text).toString();
  }

  /** Returns the column that a template consists of, empty if there is any other text in it. */
  static Optional<String> soleColumn(String template) {
    Matcher matcher = COLUMN.matcher(template.strip());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Map || value instanceof List ? Json.write(value) : value.toString();
  }
}
