package dev.finetune4j.local.internal.process;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import dev.finetune4j.local.internal.trainer.Preference;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The examples of a job in its folder, one JSON object a line, as the engine needs them. Stateless.
 */
public final class ExampleFile {

  private ExampleFile() {}

  /** Checks an example before it is written. */
  @FunctionalInterface
  public interface Check {
    /**
     * Throws if the example cannot be used.
     *
     * @param number its number in the data set, from 1
     */
    void require(Example example, long number);
  }

  /** Writes the examples of a set, one at a time, each after its check. */
  public static void write(Path file, Dataset<?> dataset, Check check) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file);
        Stream<? extends Example> examples = dataset.examples()) {
      Iterator<? extends Example> all = examples.iterator();
      for (long number = 1; all.hasNext(); number++) {
        Example example = all.next();
        check.require(example, number);
        writer.write(line(example));
        writer.newLine();
      }
    }
  }

  /** Converts the messages of a conversation for the trainer. */
  public static List<ChatMessage> messages(List<Message> messages) {
    List<ChatMessage> all = new ArrayList<>();
    for (Message message : messages) {
      all.add(new ChatMessage(role(message.role()), message.text(), message.trained()));
    }
    return all;
  }

  /** Reads conversations; returns an empty list if the file does not exist. */
  static List<List<ChatMessage>> conversations(Path file) throws IOException {
    List<List<ChatMessage>> all = new ArrayList<>();
    for (JsonObject line : lines(file)) {
      all.add(messages(line, "messages"));
    }
    return all;
  }

  /** Reads preference pairs; returns an empty list if the file does not exist. */
  static List<Preference> preferences(Path file) throws IOException {
    List<Preference> all = new ArrayList<>();
    for (JsonObject line : lines(file)) {
      all.add(
          new Preference(
              messages(line, "prompt"),
              line.requireString("preferred"),
              line.requireString("rejected")));
    }
    return all;
  }

  private static String line(Example example) {
    JsonObject line = JsonObject.empty();
    if (example instanceof PreferenceExample pair) {
      line.put("prompt", tree(messages(pair.prompt())))
          .put("preferred", pair.preferred().text())
          .put("rejected", pair.rejected().text());
    } else if (example instanceof ChatExample chat) {
      line.put("messages", tree(messages(chat.messages())));
    } else {
      throw new IllegalArgumentException("Examples without an answer cannot be learnt from here.");
    }
    return line.toString();
  }

  private static List<Object> tree(List<ChatMessage> messages) {
    List<Object> tree = new ArrayList<>();
    for (ChatMessage message : messages) {
      tree.add(
          JsonObject.empty()
              .put("role", message.role())
              .put("content", message.content())
              .put("trained", message.trained())
              .asMap());
    }
    return tree;
  }

  private static List<ChatMessage> messages(JsonObject line, String name) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonObject message : line.objects(name)) {
      messages.add(
          new ChatMessage(
              message.requireString("role"),
              message.requireString("content"),
              message.findBoolean("trained").orElse(false)));
    }
    return messages;
  }

  private static List<JsonObject> lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(Json::parseObject).toList();
    }
  }

  private static String role(Role role) {
    return role == Role.DEVELOPER ? Role.SYSTEM.word() : role.word();
  }
}
