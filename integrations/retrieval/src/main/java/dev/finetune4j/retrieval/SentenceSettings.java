package dev.finetune4j.retrieval;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Settings from the sentence-transformers files next to the model; both files may be missing.
 *
 * @param maximumTokens the number of tokens after which a text is truncated
 * @param firstToken whether the first token's vector represents the text, instead of the mean of
 *     all
 */
record SentenceSettings(int maximumTokens, boolean firstToken) {
  private static final int USUAL_MAXIMUM = 512;

  static SentenceSettings read(Path folder) throws IOException {
    JsonObject sentence = object(folder.resolve("sentence_bert_config.json"));
    JsonObject pooling = object(folder.resolve("1_Pooling").resolve("config.json"));
    return new SentenceSettings(
        (int) sentence.findLong("max_seq_length").orElse(USUAL_MAXIMUM),
        pooling.findBoolean("pooling_mode_cls_token").orElse(false));
  }

  private static JsonObject object(Path file) throws IOException {
    return Files.exists(file) ? Json.parseObject(Files.readString(file)) : JsonObject.empty();
  }
}
