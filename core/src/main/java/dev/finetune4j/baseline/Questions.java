package dev.finetune4j.baseline;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.inference.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and rewrites what a model is asked. Stateless. */
final class Questions {
  private Questions() {}

  /** Puts examples after the instructions and before the rest of the conversation. */
  static ChatRequest withExamples(ChatRequest request, List<ChatExample> examples) {
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

  /** Puts {@code instruction} in the place of the instructions that open the conversation. */
  static ChatRequest withInstruction(ChatRequest request, String instruction) {
    List<Message> messages = new ArrayList<>();
    messages.add(Message.system(instruction));
    request.messages().stream().dropWhile(Questions::instructs).forEach(messages::add);
    return request.toBuilder().messages(messages).build();
  }

  /** Puts passages before the text of the last user's message. */
  static ChatRequest withPassages(ChatRequest request, List<Passage> passages) {
    List<Message> messages = new ArrayList<>(request.messages());
    int place = lastQuestion(messages);
    if (passages.isEmpty() || place < 0) {
      return request;
    }
    Message question = messages.get(place);
    String shown =
        passages.stream()
            .map(passage -> "<passage>\n" + passage.text() + "\n</passage>\n")
            .collect(Collectors.joining());
    List<ContentPart> parts = new ArrayList<>();
    parts.add(new ContentPart.Text("Use what helps of these passages:\n" + shown + "\n"));
    parts.addAll(question.content());
    messages.set(
        place,
        new Message(
            question.role(),
            parts,
            question.toolCalls(),
            question.toolCallId(),
            question.name(),
            question.trained()));
    return request.toBuilder().messages(messages).build();
  }

  /** Returns the text of the last user's message; or an empty text. */
  static String text(List<Message> messages) {
    int place = lastQuestion(messages);
    return place < 0 ? "" : messages.get(place).text();
  }

  private static int lastQuestion(List<Message> messages) {
    for (int place = messages.size() - 1; place >= 0; place--) {
      if (messages.get(place).role() == Role.USER) {
        return place;
      }
    }
    return -1;
  }

  private static boolean instructs(Message message) {
    return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
  }
}
