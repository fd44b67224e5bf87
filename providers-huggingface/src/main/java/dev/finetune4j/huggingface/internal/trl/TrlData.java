package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes data sets as TRL reads them, one JSON object per line: {@code prompt} and {@code
 * completion} if every conversation trains only its last message, which every version of TRL
 * supports; otherwise all {@code messages} with the indexes of the trained ones, from which the
 * runner creates labels. Stateless.
 */
public final class TrlData {

  private TrlData() {}

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

  /**
   * Writes the examples one at a time; reads the data once. Chat data is written in both forms
   * until it is known which one fits all examples.
   */
  public static void write(Path file, Dataset<?> dataset, Check check) throws IOException {
    Path pairs = file.resolveSibling(file.getFileName() + ".pairs");
    boolean ofPairs = true;
    try (BufferedWriter writer = Files.newBufferedWriter(file);
        BufferedWriter pairWriter = Files.newBufferedWriter(pairs);
        Stream<? extends Example> examples = dataset.examples()) {
      Iterator<? extends Example> all = examples.iterator();
      for (long number = 1; all.hasNext(); number++) {
        Example example = all.next();
        check.require(example, number);
        writer.write(line(example, false).toString());
        writer.newLine();
        ofPairs = ofPairs && isPair(example);
        if (ofPairs && example instanceof ChatExample) {
          pairWriter.write(line(example, true).toString());
          pairWriter.newLine();
        }
      }
    }
    if (ofPairs && dataset.exampleType() == ChatExample.class) {
      Files.move(pairs, file, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(pairs);
    }
  }

  private static boolean isPair(Example example) {
    return !(example instanceof ChatExample chat)
        || (chat.tools().isEmpty() && trainsItsLastMessageOnly(chat));
  }

  private static boolean trainsItsLastMessageOnly(ChatExample chat) {
    List<Integer> trained = trained(chat.messages());
    boolean calls = chat.messages().stream().anyMatch(message -> !message.toolCalls().isEmpty());
    return !calls
        && trained.size() == 1
        && trained.get(0) == chat.messages().size() - 1
        && chat.messages().size() > 1;
  }

  private static JsonObject line(Example example, boolean pairs) {
    if (example instanceof PreferenceExample pair) {
      return JsonObject.empty()
          .put("prompt", messages(pair.prompt()))
          .put("chosen", messages(List.of(pair.preferred())))
          .put("rejected", messages(List.of(pair.rejected())));
    } else if (example instanceof PromptExample prompt) {
      JsonObject reference = JsonObject.empty();
      prompt.reference().forEach((name, value) -> reference.put(name, value.text()));
      return JsonObject.empty()
          .put("prompt", messages(prompt.prompt()))
          .put("reference", reference);
    }
    ChatExample chat = (ChatExample) example;
    int last = chat.messages().size() - 1;
    if (pairs) {
      return JsonObject.empty()
          .put("prompt", messages(chat.messages().subList(0, last)))
          .put("completion", messages(chat.messages().subList(last, last + 1)));
    }
    return JsonObject.empty()
        .put("messages", messages(chat.messages()))
        .put("trained", trained(chat.messages()))
        .putIfPresent("tools", chat.tools().isEmpty() ? null : tools(chat.tools()));
  }

  private static List<Integer> trained(List<Message> messages) {
    return IntStream.range(0, messages.size())
        .filter(index -> messages.get(index).trained())
        .boxed()
        .toList();
  }

  /** Returns messages as chat templates expect them. */
  public static List<Object> messages(List<Message> messages) {
    List<Object> tree = new ArrayList<>();
    for (Message message : messages) {
      tree.add(message(message).asMap());
    }
    return tree;
  }

  private static JsonObject message(Message message) {
    // Chat templates of open models have no developer role.
    String role = (message.role() == Role.DEVELOPER ? Role.SYSTEM : message.role()).word();
    JsonObject object = JsonObject.empty().put("role", role).put("content", text(message));
    message.name().ifPresent(name -> object.put("name", name));
    message.toolCallId().ifPresent(id -> object.put("tool_call_id", id));
    if (!message.toolCalls().isEmpty()) {
      object.put("tool_calls", message.toolCalls().stream().map(TrlData::call).toList());
    }
    return object;
  }

  private static String text(Message message) {
    if (message.content().stream().anyMatch(ContentPart.Image.class::isInstance)) {
      throw TrlErrors.unsupported("examples with images", "Remove them.");
    }
    return message.text();
  }

  private static Map<String, @Nullable Object> call(ToolCall call) {
    return JsonObject.empty()
        .put("id", call.id())
        .put("type", "function")
        .put(
            "function",
            JsonObject.empty()
                .put("name", call.name())
                .put("arguments", arguments(call).asMap())
                .asMap())
        .asMap();
  }

  /**
   * Returns an object, because chat templates serialize the arguments and would quote a string
   * again.
   */
  private static JsonObject arguments(ToolCall call) {
    try {
      return Json.parseObject(call.argumentsJson().isBlank() ? "{}" : call.argumentsJson());
    } catch (JsonSyntaxException e) {
      throw TrlErrors.invalid(
          "The arguments of a call of \""
              + call.name()
              + "\" are not a JSON object: "
              + e.getMessage()
              + " Correct or remove the example.");
    }
  }

  private static List<Object> tools(List<ToolDefinition> tools) {
    List<Object> tree = new ArrayList<>();
    for (ToolDefinition tool : tools) {
      JsonObject function =
          JsonObject.empty()
              .put("name", tool.name())
              .put("description", tool.description())
              .put("parameters", Json.parse(tool.parametersJson()));
      tree.add(
          JsonObject.empty().put("type", "function").put("function", function.asMap()).asMap());
    }
    return tree;
  }
}
