package dev.finetune4j.baseline;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The base model shown some examples before the question, or none. */
final class PromptedBaseline implements Baseline {
  private final String name;
  private final Function<ChatRequest, List<ChatExample>> chooser;

  PromptedBaseline(String name, Function<ChatRequest, List<ChatExample>> chooser) {
    this.name = name;
    this.chooser = chooser;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ChatModel on(ChatModel base) {
    return request -> base.chat(withExamples(request, chooser.apply(request)));
  }

  /** Puts the examples after the instructions and before the rest of the conversation. */
  private static ChatRequest withExamples(ChatRequest request, List<ChatExample> examples) {
    if (examples.isEmpty()) {
      return request;
    }
    List<Message> messages = new ArrayList<>(request.messages());
    int place = 0;
    while (place < messages.size() && instructs(messages.get(place))) {
      place++;
    }
    List<Message> shown = new ArrayList<>();
    for (ChatExample example : examples) {
      example.messages().stream().filter(message -> !instructs(message)).forEach(shown::add);
    }
    messages.addAll(place, shown);
    return request.toBuilder().messages(messages).build();
  }

  private static boolean instructs(Message message) {
    return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
  }

  @Override
  public String toString() {
    return "Baseline(" + name + ")";
  }
}
