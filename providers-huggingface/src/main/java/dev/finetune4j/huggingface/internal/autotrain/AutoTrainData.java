package dev.finetune4j.huggingface.internal.autotrain;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.huggingface.internal.trl.TrlData;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.json.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes data sets as AutoTrain reads them, one JSON object per line: {@code messages}, or two
 * complete conversations {@code chosen} and {@code rejected} that differ in their last message.
 * Stateless.
 */
public final class AutoTrainData {

  private AutoTrainData() {}

  /**
   * Refuses examples that AutoTrain would train wrongly, and returns the number of characters of
   * all messages. Reads the data once.
   */
  public static long check(Dataset<?> dataset) {
    long characters = 0;
    try (Stream<? extends Example> examples = dataset.examples()) {
      Iterator<? extends Example> all = examples.iterator();
      for (long number = 1; all.hasNext(); number++) {
        Example example = all.next();
        String found = unusable(example);
        if (!found.isEmpty()) {
          throw TrlErrors.unsupported(
              "examples with " + found + " in AutoTrain",
              "Example " + number + " of " + dataset.name() + " has them. Remove it, or use TRL.");
        }
        characters += example.messages().stream().mapToLong(each -> each.text().length()).sum();
      }
    }
    return characters;
  }

  /** Writes the examples one at a time. */
  public static void write(Path file, Dataset<?> dataset) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file);
        Stream<? extends Example> examples = dataset.examples()) {
      Iterator<? extends Example> all = examples.iterator();
      while (all.hasNext()) {
        writer.write(line(all.next()).toString());
        writer.newLine();
      }
    }
  }

  private static JsonObject line(Example example) {
    if (example instanceof PreferenceExample pair) {
      List<Message> chosen = new ArrayList<>(pair.prompt());
      chosen.add(pair.preferred());
      List<Message> rejected = new ArrayList<>(pair.prompt());
      rejected.add(pair.rejected());
      // AutoTrain requires this column and replaces it with the messages before the last one.
      String last =
          pair.prompt().isEmpty() ? "" : pair.prompt().get(pair.prompt().size() - 1).text();
      return JsonObject.empty()
          .put("prompt", last)
          .put("chosen", TrlData.messages(chosen))
          .put("rejected", TrlData.messages(rejected));
    }
    return JsonObject.empty().put("messages", TrlData.messages(((ChatExample) example).messages()));
  }

  private static String unusable(Example example) {
    List<Message> messages = example.messages();
    if (messages.stream().anyMatch(AutoTrainData::hasImage)) {
      return "images";
    } else if (messages.stream().anyMatch(message -> !message.toolCalls().isEmpty())
        || !example.tools().isEmpty()) {
      return "tools";
    } else if (example instanceof ChatExample chat
        && chat.messages().stream().anyMatch(AutoTrainData::isAnswerThatDoesNotCount)) {
      return "untrained assistant messages";
    }
    return "";
  }

  private static boolean hasImage(Message message) {
    return message.content().stream().anyMatch(ContentPart.Image.class::isInstance);
  }

  private static boolean isAnswerThatDoesNotCount(Message message) {
    return message.role() == Role.ASSISTANT && !message.trained();
  }
}
