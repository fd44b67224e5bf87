package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.ListPage;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The list answers of the dialect: with the ids of both ends, or without them. */
final class Lists {

  private Lists() {}

  static int limit(SimulatedRequest request, int standard, int maximum)
      throws ErrorResponseException {
    String limit = request.query("limit").orElse(String.valueOf(standard));
    if (!limit.matches("[0-9]{1,6}")) {
      throw OpenAiErrors.invalid("limit", null, "'" + limit + "' is not an integer.");
    }
    int number = Integer.parseInt(limit);
    if (number < 1 || number > maximum) {
      throw OpenAiErrors.invalid(
          "limit", null, "The limit must be between 1 and " + maximum + ", not " + number + ".");
    }
    return number;
  }

  /** As jobs and events are listed: no ids of the ends. */
  static <T> JsonObject plain(ListPage<T> page, Function<T, JsonObject> json) {
    List<Map<String, Object>> data = page.items().stream().map(json.andThen(Lists::map)).toList();
    return JsonObject.empty()
        .put("object", "list")
        .put("data", data)
        .put("has_more", page.hasMore());
  }

  /** As files, checkpoints, permissions and batches are listed. */
  static <T> SimulatedResponse withEnds(
      ListPage<T> page, Function<T, String> id, Function<T, JsonObject> json) {
    List<T> items = page.items();
    JsonObject list = plain(page, json);
    list.put("first_id", items.isEmpty() ? null : id.apply(items.get(0)));
    list.put("last_id", items.isEmpty() ? null : id.apply(items.get(items.size() - 1)));
    return SimulatedResponse.json(list);
  }

  static SimulatedResponse deleted(String object, String id) {
    return SimulatedResponse.json(
        JsonObject.empty().put("object", object).put("id", id).put("deleted", true));
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  private static Map<String, Object> map(JsonObject object) {
    return (Map<String, Object>) (Map<?, ?>) object.asMap();
  }
}
