package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;

/** Chat completions, whole and streamed (reference: "Inference"). */
final class ChatRoutes {
  private final ChatService chat;

  ChatRoutes(ChatService chat) {
    this.chat = chat;
  }

  void addTo(Routes routes) {
    routes.add("POST", "/chat/completions", this::complete);
  }

  private SimulatedResponse complete(SimulatedRequest request) throws ErrorResponseException {
    JsonObject body = request.json();
    if (!body.findBoolean("stream").orElse(false)) {
      return SimulatedResponse.json(chat.complete(body));
    }
    return SimulatedResponse.events(chat.stream(body));
  }
}
