package dev.finetune4j.local.internal.pretraining;

import dev.finetune4j.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON files of the tiny base: its shape, and its tokenizer in the format of Hugging Face's.
 * Stateless.
 */
final class TinyDescription {
  static final int VOCABULARY = 1024;
  static final String END_OF_TEXT = "<|endoftext|>";

  private static final List<String> SPECIAL_TOKENS =
      List.of(
          END_OF_TEXT,
          "<|end|>",
          "<|tiny:system|>",
          "<|tiny:user|>",
          "<|tiny:assistant|>",
          "<|pad|>");

  private TinyDescription() {}

  /** How many joins fill the vocabulary. */
  static int mergeCount() {
    return VOCABULARY - SPECIAL_TOKENS.size() - 256;
  }

  static void save(Path folder, List<List<String>> merges) throws IOException {
    Files.writeString(folder.resolve("config.json"), Json.writeIndented(configuration()) + "\n");
    Files.writeString(
        folder.resolve("tokenizer.json"), Json.writeIndented(tokenizer(merges)) + "\n");
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        Json.writeIndented(tokenizerConfiguration()) + "\n");
  }

  private static Map<String, Object> configuration() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("architectures", List.of("LlamaForCausalLM"));
    fields.put("model_type", "llama");
    fields.put("vocab_size", VOCABULARY);
    fields.put("hidden_size", 128);
    fields.put("intermediate_size", 352);
    fields.put("num_hidden_layers", 4);
    fields.put("num_attention_heads", 4);
    fields.put("num_key_value_heads", 2);
    fields.put("head_dim", 32);
    fields.put("max_position_embeddings", 1024);
    fields.put("rms_norm_eps", 1e-5);
    fields.put("rope_theta", 10000.0);
    fields.put("hidden_act", "silu");
    fields.put("attention_bias", false);
    fields.put("mlp_bias", false);
    fields.put("tie_word_embeddings", true);
    fields.put("bos_token_id", 0);
    fields.put("eos_token_id", 1);
    fields.put("pad_token_id", 5);
    fields.put("torch_dtype", "float16");
    return fields;
  }

  private static Map<String, Object> tokenizer(List<List<String>> merges) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", "1.0");
    fields.put("added_tokens", addedTokens());
    fields.put("pre_tokenizer", byteLevel());
    fields.put("decoder", byteLevel());
    fields.put("model", model(merges));
    return fields;
  }

  private static List<Map<String, Object>> addedTokens() {
    List<Map<String, Object>> tokens = new ArrayList<>();
    for (String content : SPECIAL_TOKENS) {
      Map<String, Object> token = new LinkedHashMap<>();
      token.put("id", tokens.size());
      token.put("content", content);
      for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
        token.put(flag, false);
      }
      token.put("special", true);
      tokens.add(token);
    }
    return tokens;
  }

  private static Map<String, Object> byteLevel() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "ByteLevel");
    fields.put("add_prefix_space", false);
    fields.put("trim_offsets", true);
    fields.put("use_regex", true);
    return fields;
  }

  private static Map<String, Object> model(List<List<String>> merges) {
    Map<String, Object> vocabulary = new LinkedHashMap<>();
    SPECIAL_TOKENS.forEach(token -> vocabulary.put(token, vocabulary.size()));
    ByteAlphabet.all().forEach(token -> vocabulary.put(token, vocabulary.size()));
    merges.forEach(pair -> vocabulary.put(pair.get(0) + pair.get(1), vocabulary.size()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "BPE");
    fields.put("fuse_unk", false);
    fields.put("byte_fallback", false);
    fields.put("ignore_merges", false);
    fields.put("vocab", vocabulary);
    fields.put("merges", merges.stream().map(pair -> pair.get(0) + " " + pair.get(1)).toList());
    return fields;
  }

  private static Map<String, Object> tokenizerConfiguration() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tokenizer_class", "PreTrainedTokenizerFast");
    fields.put("bos_token", END_OF_TEXT);
    fields.put("eos_token", "<|end|>");
    fields.put("pad_token", "<|pad|>");
    fields.put("model_max_length", 1024);
    fields.put("clean_up_tokenization_spaces", false);
    fields.put(
        "chat_template",
        "{% for message in messages %}{{ '<|tiny:' + message['role'] + '|>' + message['content'] + '<|end|>' }}"
            + "{% endfor %}{% if add_generation_prompt %}{{ '<|tiny:assistant|>' }}{% endif %}");
    return fields;
  }
}
