package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tests as examples, and the values of an example for templates. Stateless. */
final class SuiteExamples {
  static final String ITEM = "item";

  private SuiteExamples() {}

  static PromptExample example(TestCase test, PromptTemplateText template) {
    Map<String, @Nullable Object> values = test.values();
    Map<String, ReferenceValue> reference = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          // OpenAI Evals exports everything below "item"; its graders name the members.
          if (name.equals(ITEM) && value instanceof Map<?, ?> members) {
            members.forEach((key, member) -> reference.put(String.valueOf(key), of(member)));
          } else {
            reference.put(name, of(value));
          }
        });
    expected(test, values).ifPresent(a -> reference.putIfAbsent(PromptExample.ANSWER, a));
    SuiteSpecs.lifted(test, values).forEach(reference::putIfAbsent);
    JsonObject assertions =
        JsonObject.empty()
            .put("assert", test.assertions().stream().map(JsonObject::asMap).toList())
            .putIfPresent("threshold", test.threshold());
    reference.put(PromptfooSuite.ASSERTIONS, ReferenceValue.json(assertions.toString()));
    return new PromptExample(
        template.fill(values, test.prefix(), test.suffix()), reference, List.of());
  }

  /** Returns what templates may name: each reference, and all of them below {@code item}. */
  static Map<String, @Nullable Object> values(PromptExample example) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    example
        .reference()
        .forEach(
            (name, value) -> {
              if (!name.equals(PromptfooSuite.ASSERTIONS)) {
                members.put(name, value.json() ? Json.parse(value.text()) : value.text());
              }
            });
    Map<String, @Nullable Object> values = new LinkedHashMap<>(members);
    values.putIfAbsent(ITEM, members);
    return values;
  }

  private static java.util.Optional<ReferenceValue> expected(
      TestCase test, Map<String, @Nullable Object> values) {
    return test.assertions().stream()
        .map(Assertion::new)
        .filter(assertion -> assertion.typeWord().equals("equals"))
        .findFirst()
        .map(assertion -> of(Nunjucks.fillTree(assertion.value(), values)));
  }

  static ReferenceValue of(@Nullable Object value) {
    return value instanceof String text
        ? ReferenceValue.text(text)
        : ReferenceValue.json(Json.write(value));
  }
}
