package dev.finetune4j.grading;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scores an answer that is a JSON object field by field, each field by a grader of its own: the
 * score is the mean of the fields by weight, and all fields must pass. Immutable and thread-safe;
 * the builder is not.
 *
 * <pre>{@code
 * Grader invoice =
 *     JsonFieldGrader.builder()
 *         .field("total", Graders.numeric(0.01), 3)
 *         .field("customer.name", Graders.normalised(), 1)
 *         .build();
 * }</pre>
 *
 * <p>A field is compared as text: a string as it is, all else as JSON. A field that the reference
 * does not have must not be in the answer either.
 */
public final class JsonFieldGrader implements Grader {
  private final Map<String, Field> fields;

  private record Field(Grader grader, double weight) {}

  @Override
  public String version() {
    JsonObject parts = JsonObject.empty();
    fields.forEach(
        (path, field) ->
            parts.put(
                path,
                JsonObject.empty()
                    .put("weight", field.weight())
                    .put("grader", Graders.identity(field.grader()))));
    return "json fields " + Json.writeCanonical(parts.asMap());
  }

  private JsonFieldGrader(Map<String, Field> fields) {
    this.fields = new LinkedHashMap<>(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("Add at least one field.");
    }
  }

  /** Starts a grader without fields. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return "JSON fields";
  }

  @Override
  public Grade grade(PromptExample example, String answer) {
    Object wanted = Json.parse(example.requireReference(PromptExample.ANSWER));
    Object given;
    try {
      given = Json.parse(answer);
    } catch (JsonSyntaxException e) {
      return Grade.fail("The answer is not JSON. " + e.getMessage());
    }
    double score = 0;
    double weights = 0;
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Field> field : fields.entrySet()) {
      String path = field.getKey();
      Grade grade =
          grade(example, field.getValue().grader(), find(wanted, path), find(given, path));
      score += field.getValue().weight() * grade.score();
      weights += field.getValue().weight();
      if (!grade.passed()) {
        wrong.add(path + grade.reason().map(reason -> ": " + reason).orElse(""));
      }
    }
    return new Grade(
        score / weights,
        wrong.isEmpty(),
        wrong.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", wrong)));
  }

  private static Grade grade(
      PromptExample example, Grader grader, @Nullable String wanted, @Nullable String given) {
    if (wanted == null) {
      return given == null ? Grade.pass() : Grade.fail("It is not expected.");
    }
    if (given == null) {
      return Grade.fail("It is missing.");
    }
    Map<String, ReferenceValue> reference = new LinkedHashMap<>(example.reference());
    reference.put(PromptExample.ANSWER, ReferenceValue.text(wanted));
    return grader.grade(new PromptExample(example.prompt(), reference, example.tools()), given);
  }

  /** Returns the field as text; null if it is not there. */
  private static @Nullable String find(@Nullable Object tree, String path) {
    Object found = tree;
    for (String member : path.split("\\.", -1)) {
      if (!(found instanceof Map<?, ?> map) || !map.containsKey(member)) {
        return null;
      }
      found = map.get(member);
    }
    return found instanceof String text ? text : Json.write(found);
  }

  /** Collects the fields. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Field> fields = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a field of weight 1. */
    public Builder field(String path, Grader grader) {
      return field(path, grader, 1);
    }

    /**
     * Adds a field.
     *
     * @param path its name, or names parted by dots
     * @param grader compares it with the reference's, which it sees as {@link PromptExample#ANSWER}
     * @param weight how much it counts, above 0
     */
    public Builder field(String path, Grader grader, double weight) {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("weight must be above 0, was " + weight);
      }
      fields.put(path, new Field(grader, weight));
      return this;
    }

    /** Returns the grader. */
    public JsonFieldGrader build() {
      return new JsonFieldGrader(fields);
    }
  }
}
