package dev.finetune4j.local;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.decoder.ConfigurationFile;
import dev.finetune4j.local.internal.decoder.ParameterNames;
import dev.finetune4j.local.internal.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A checkpoint folder of a very small Llama with random weights; each byte is a token. */
final class RandomBase {
  private static final List<String> SPECIAL =
      List.of("<|end|>", "<|tiny:system|>", "<|tiny:user|>", "<|tiny:assistant|>");

  private RandomBase() {}

  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), configuration().toString());
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer().toString());
    SplittableRandom random = new SplittableRandom(7);
    List<Weight> weights = new ArrayList<>();
    ParameterNames.shapes(ConfigurationFile.read(folder))
        .forEach((name, shape) -> weights.add(Weight.random(name, shape, random)));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights);
    return folder;
  }

  private static JsonObject configuration() {
    return JsonObject.empty()
        .put("model_type", "llama")
        .put("hidden_size", 16)
        .put("intermediate_size", 32)
        .put("num_hidden_layers", 2)
        .put("num_attention_heads", 2)
        .put("num_key_value_heads", 1)
        .put("vocab_size", SPECIAL.size() + 256)
        .put("max_position_embeddings", 64)
        .put("rms_norm_eps", 1e-5)
        .put("tie_word_embeddings", true);
  }

  private static JsonObject tokenizer() {
    Map<String, Object> vocabulary = new LinkedHashMap<>();
    List<Object> added = new ArrayList<>();
    for (String content : SPECIAL) {
      added.add(
          JsonObject.empty()
              .put("id", vocabulary.size())
              .put("content", content)
              .put("single_word", false)
              .put("lstrip", false)
              .put("rstrip", false)
              .put("normalized", false)
              .put("special", true)
              .asMap());
      vocabulary.put(content, vocabulary.size());
    }
    alphabet().forEach(letter -> vocabulary.put(letter, vocabulary.size()));
    JsonObject bytes =
        JsonObject.empty()
            .put("type", "ByteLevel")
            .put("add_prefix_space", false)
            .put("trim_offsets", true)
            .put("use_regex", true);
    return JsonObject.empty()
        .put("version", "1.0")
        .put("added_tokens", added)
        .put("pre_tokenizer", bytes)
        .put("decoder", bytes)
        .put(
            "model",
            JsonObject.empty()
                .put("type", "BPE")
                .put("fuse_unk", false)
                .put("byte_fallback", false)
                .put("vocab", vocabulary)
                .put("merges", List.of()));
  }

  /** The letters that stand for the bytes 0 to 255 in tokenizers of the kind ByteLevel. */
  private static List<String> alphabet() {
    List<String> letters = new ArrayList<>();
    int next = 256;
    for (int code = 0; code < 256; code++) {
      boolean shown =
          (code >= '!' && code <= '~') || (code >= 0xA1 && code <= 0xAC) || code >= 0xAE;
      letters.add(Character.toString(shown ? code : next++));
    }
    return letters;
  }

  private record Weight(String name, List<Long> shape, ByteBuffer bytes)
      implements SafetensorsWriter.Source {
    static Weight random(String name, long[] shape, SplittableRandom random) {
      long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.toIntExact(4 * count)).order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining()) {
        bytes.putFloat(shape.length == 1 ? 1 : (float) (random.nextGaussian() * 0.05));
      }
      return new Weight(name, Arrays.stream(shape).boxed().toList(), bytes.flip());
    }

    @Override
    public String elementType() {
      return "F32";
    }
  }
}
