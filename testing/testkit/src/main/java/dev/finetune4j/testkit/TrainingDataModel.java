package dev.finetune4j.testkit;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model that learnt its training data by heart and nothing else: the prompt of an example gets
 * that example's answer, any other prompt an empty one.
 */
final class TrainingDataModel {

  private TrainingDataModel() {}

  static ChatModel of(Dataset<?> trainingData) {
    Map<List<String>, String> answers = new HashMap<>();
    try (Stream<? extends Example> examples = trainingData.examples()) {
      examples.forEach(example -> answers.putIfAbsent(texts(example.prompt()), answer(example)));
    }
    return request -> ChatResponse.of(answers.getOrDefault(texts(request.messages()), ""));
  }

  private static List<String> texts(List<Message> messages) {
    return messages.stream().map(Message::text).toList();
  }

  private static String answer(Example example) {
    if (example instanceof ChatExample conversation) {
      return conversation.answer();
    }
    return example instanceof PreferenceExample pair ? pair.preferred().text() : "";
  }
}
