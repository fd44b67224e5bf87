package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings without a model: each word and each run of three letters adds to places that its hash
 * chooses, so texts that share words are near one another. Equal text, equal vector.
 */
final class EmbeddingRoutes {
  private static final int MAXIMUM_INPUTS = 2048;

  void addTo(Routes routes) {
    routes.add("POST", "/embeddings", this::embed);
  }

  private SimulatedResponse embed(SimulatedRequest request) throws ErrorResponseException {
    return SimulatedResponse.json(answer(request.json()));
  }

  static JsonObject answer(JsonObject body) throws ErrorResponseException {
    String name = body.findString("model").orElse("");
    if (SimulatedBaseModel.find(name).map(SimulatedBaseModel::kind).orElse(null)
        != SimulatedBaseModel.Kind.EMBEDDING) {
      throw ModelRoutes.missing(name);
    }
    List<String> inputs = inputs(body.asMap().get("input"));
    int standard = name.endsWith("large") ? 3072 : 1536;
    int dimensions = (int) body.findLong("dimensions").orElse(standard);
    if (dimensions < 1 || dimensions > standard) {
      throw OpenAiErrors.invalid(
          "dimensions", null, "The dimensions are between 1 and " + standard + ".");
    }
    boolean packed = body.findString("encoding_format").orElse("float").equals("base64");
    List<Object> data = new ArrayList<>();
    long tokens = 0;
    for (String input : inputs) {
      float[] vector = vector(input, dimensions);
      tokens += ChatReply.tokens(input).size();
      data.add(
          JsonObject.empty()
              .put("object", "embedding")
              .put("index", data.size())
              .put("embedding", packed ? packed(vector) : numbers(vector))
              .asMap());
    }
    return JsonObject.empty()
        .put("object", "list")
        .put("data", data)
        .put("model", name)
        .put("usage", Map.of("prompt_tokens", tokens, "total_tokens", tokens));
  }

  private static List<String> inputs(@Nullable Object input) throws ErrorResponseException {
    List<String> inputs = new ArrayList<>();
    if (input instanceof String text) {
      inputs.add(text);
    } else if (input instanceof List<?> list) {
      list.forEach(item -> inputs.add(String.valueOf(item)));
    }
    if (inputs.isEmpty() || inputs.size() > MAXIMUM_INPUTS || inputs.contains("")) {
      throw OpenAiErrors.invalid(
          "input", null, "'input' is a text or up to " + MAXIMUM_INPUTS + " texts, none empty.");
    }
    return inputs;
  }

  private static float[] vector(String text, int dimensions) {
    float[] vector = new float[dimensions];
    String lower = text.toLowerCase(Locale.ROOT);
    for (String word : lower.split("\\W+", -1)) {
      add(vector, word, 1);
    }
    for (int i = 0; i + 3 <= lower.length(); i++) {
      add(vector, lower.substring(i, i + 3), 0.3f);
    }
    double squares = 0;
    for (float value : vector) {
      squares += value * value;
    }
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) (vector[i] / Math.max(1e-9, Math.sqrt(squares)));
    }
    return vector;
  }

  private static void add(float[] vector, String piece, float weight) {
    int hash = piece.hashCode() * 0x9E3779B1;
    vector[Math.floorMod(hash, vector.length)] += (hash & 1) == 0 ? weight : -weight;
  }

  private static List<Object> numbers(float[] vector) {
    List<Object> numbers = new ArrayList<>(vector.length);
    for (float value : vector) {
      numbers.add((double) value);
    }
    return numbers;
  }

  private static String packed(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : vector) {
      bytes.putFloat(value);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
