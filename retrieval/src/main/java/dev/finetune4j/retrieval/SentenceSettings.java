package dev.finetune4j.retrieval;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the files of sentence-transformers say beside the model; both may be missing.
 *
 * @param maximumTokens where a text is cut
 * @param firstToken whether the first token's vector stands for the text, not the mean of all
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
