package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.util.List;

/** A line of reinforcement training: a conversation that ends with the user, and references. */
final class ReinforcementLine implements LineCheck {

  @Override
  public String problem(JsonObject example) {
    List<JsonObject> messages = example.objects("messages");
    if (messages.isEmpty()) {
      return "the example has no messages";
    }
    String wrong = ChatMessageCheck.problem(messages);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    JsonObject last = messages.get(messages.size() - 1);
    return last.findString("role").orElse("").equals("user")
        ? ""
        : "the last message must be of the user";
  }

  /** The model that reinforcement makes answers with the references, as the best grade would. */
  @Override
  public NearestAnswer.Pair pair(JsonObject example) {
    JsonObject references = JsonObject.of(example.asMap());
    references.asMap().keySet().removeAll(List.of("messages", "tools"));
    Object only =
        references.asMap().size() == 1 ? references.asMap().values().iterator().next() : null;
    String answer = only instanceof String text ? text : references.toString();
    return new NearestAnswer.Pair(
        ChatMessageCheck.last(example.objects("messages"), "user"), answer);
  }
}
