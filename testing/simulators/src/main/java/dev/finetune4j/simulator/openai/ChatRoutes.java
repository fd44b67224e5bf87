package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Answer;
import dev.finetune4j.simulator.Refusal;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;

/** Chat completions, whole and streamed (reference: "Inference"). */
final class ChatRoutes {
  private final ChatService chat;

  ChatRoutes(ChatService chat) {
    this.chat = chat;
  }

  void addTo(Routes routes) {
    routes.add("POST", "/chat/completions", this::complete);
  }

  private Answer complete(SimulatedRequest request) throws Refusal {
    JsonObject body = request.json();
    if (!body.findBoolean("stream").orElse(false)) {
      return Answer.json(chat.complete(body));
    }
    return Answer.events(chat.stream(body));
  }
}
