package dev.finetune4j.local.internal.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text to token ids and back, by a checkpoint's tokenizer.json. May be used by several threads. */
public final class Tokenizer implements AutoCloseable {
  static {
    // DJL reports its use to its makers unless this is set. An application that set it keeps its
    // value.
    // ai.djl.offline would do the same, but it would also stop DJL's downloads for the application.
    System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true");
  }

  private final HuggingFaceTokenizer binding;
  private final Map<String, Integer> specialTokens;

  private Tokenizer(HuggingFaceTokenizer binding, Map<String, Integer> specialTokens) {
    this.binding = binding;
    this.specialTokens = specialTokens;
  }

  /**
   * Loads {@code tokenizer.json} of the folder.
   *
   * @throws IOException if it is missing or broken
   */
  public static Tokenizer load(Path folder) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    if (!Files.exists(file)) {
      throw new IOException(
          folder + " has no tokenizer.json; save it with transformers' fast tokenizer");
    }
    HuggingFaceTokenizer binding =
        HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false", "padding", "false"));
    return new Tokenizer(binding, specialTokens(Json.readObject(file)));
  }

  private static Map<String, Integer> specialTokens(JsonObject fields) {
    Map<String, Integer> tokens = new HashMap<>();
    for (JsonObject token : fields.objects("added_tokens")) {
      token.findInt("id").ifPresent(id -> tokens.put(token.findString("content").orElse(""), id));
    }
    return tokens;
  }

  /**
   * The ids of a text; special tokens written in it are taken as plain text only where the
   * tokenizer does so.
   */
  public int[] encode(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    long[] ids = binding.encode(text, false, false).getIds();
    int[] tokens = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      tokens[i] = Math.toIntExact(ids[i]);
    }
    return tokens;
  }

  /** The text of ids, without special tokens. */
  public String decode(int[] tokens) {
    long[] ids = new long[tokens.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens[i];
    }
    return ids.length == 0 ? "" : binding.decode(ids, true);
  }

  /** The id of a special token, or null if the tokenizer has none of this name. */
  public @Nullable Integer specialToken(String content) {
    return specialTokens.get(content);
  }

  @Override
  public void close() {
    binding.close();
  }
}
