package dev.finetune4j.simulator;

import dev.finetune4j.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A multipart form: text fields, and files whose contents are stored. Immutable once read. */
public record MultipartForm(Map<String, String> fields, Map<String, FormFile> files) {

  /** A file of a form. */
  public record FormFile(String filename, String contentType, StoredContent content) {}

  /** Returns the text of a field. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** Returns a file. */
  public Optional<FormFile> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /**
   * Returns the form as JSON: a field {@code a[b]} is a member of {@code a}, whole numbers are
   * numbers, and a file is its name.
   */
  public JsonObject toJson() {
    Map<String, Object> tree = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          int bracket = name.indexOf('[');
          if (bracket > 0 && name.endsWith("]")) {
            inner(tree, name.substring(0, bracket))
                .put(name.substring(bracket + 1, name.length() - 1), typed(value));
          } else {
            tree.put(name, typed(value));
          }
        });
    files.forEach((name, file) -> tree.put(name, file.filename()));
    return JsonObject.of(tree);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> inner(Map<String, Object> tree, String name) {
    return (Map<String, Object>) tree.computeIfAbsent(name, key -> new LinkedHashMap<>());
  }

  private static Object typed(String value) {
    return value.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(value) : value;
  }
}
