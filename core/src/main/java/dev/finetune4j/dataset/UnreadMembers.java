package dev.finetune4j.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what an example has no place for in a record of OpenAI's formats. */
final class UnreadMembers {
  private static final Set<String> MESSAGE =
      Set.of(
          "role",
          "content",
          "name",
          "weight",
          "refusal",
          "tool_calls",
          "tool_call_id",
          "function_call");

  private UnreadMembers() {}

  static List<String> of(Map<String, ? extends @Nullable Object> record, List<String> known) {
    List<String> lost = new ArrayList<>();
    record.forEach(
        (name, value) -> {
          if (!known.contains(name) && value != null) {
            lost.add("$." + name);
          }
        });
    lost.addAll(inside(record));
    return lost;
  }

  /** Looks into the messages; indexes are left out of the paths. */
  static List<String> inside(Map<String, ? extends @Nullable Object> record) {
    List<String> lost = new ArrayList<>();
    messages("$.messages[*]", record.get("messages"), lost);
    if (record.get("input") instanceof Map<?, ?> input) {
      messages("$.input.messages[*]", input.get("messages"), lost);
    }
    messages("$.preferred_output[*]", record.get("preferred_output"), lost);
    messages("$.non_preferred_output[*]", record.get("non_preferred_output"), lost);
    return lost;
  }

  private static void messages(String path, @Nullable Object messages, List<String> lost) {
    if (!(messages instanceof List<?> list)) {
      return;
    }
    for (Object item : list) {
      if (item instanceof Map<?, ?> message) {
        message.forEach(
            (name, value) -> {
              if (value != null && !MESSAGE.contains(name)) {
                addOnce(lost, path + "." + name);
              }
            });
      }
    }
  }

  private static void addOnce(List<String> lost, String path) {
    if (!lost.contains(path)) {
      lost.add(path);
    }
  }
}
