package dev.finetune4j.providerkit.chat;

import dev.finetune4j.inference.Embedder;
import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.internal.json.JsonSyntaxException;
import dev.finetune4j.providerkit.Call;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model that is asked with {@code embeddings}. One request for each 1,000 texts. Immutable;
 * thread-safe. The transport belongs to the caller.
 */
public final class EmbeddingsModel implements Embedder {
  private static final int TEXTS_PER_REQUEST = 1_000;

  private final HttpTransport transport;
  private final String model;

  private EmbeddingsModel(HttpTransport transport, String model) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.model = Objects.requireNonNull(model, "model");
  }

  /** Returns the model of that name. */
  public static EmbeddingsModel of(HttpTransport transport, String model) {
    return new EmbeddingsModel(transport, model);
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    List<float[]> vectors = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += TEXTS_PER_REQUEST) {
      List<String> some = texts.subList(from, Math.min(texts.size(), from + TEXTS_PER_REQUEST));
      JsonObject body =
          JsonObject.empty().put("model", model).put("input", some).put("encoding_format", "float");
      vectors.addAll(
          transport
              .send(Call.post("embeddings").json(body).idempotency(Idempotency.SAFE))
              .json(answer -> read(answer, some.size())));
    }
    return vectors;
  }

  private static List<float[]> read(JsonObject answer, int expected) {
    List<float @Nullable []> byIndex = new ArrayList<>(Collections.nCopies(expected, null));
    int next = 0;
    for (JsonObject item : answer.objects("data")) {
      int index = (int) item.findLong("index").orElse(next);
      if (index < 0 || index >= expected) {
        throw new JsonSyntaxException(
            "There is an embedding of text " + index + ", not asked for.");
      }
      byIndex.set(index, vector(item.list("embedding")));
      next++;
    }
    List<float[]> vectors = new ArrayList<>(expected);
    for (float @Nullable [] vector : byIndex) {
      if (vector == null) {
        throw new JsonSyntaxException(
            "There are " + next + " embeddings of " + expected + " texts.");
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private static float[] vector(List<@Nullable Object> numbers) {
    float[] vector = new float[numbers.size()];
    for (int index = 0; index < vector.length; index++) {
      if (!(numbers.get(index) instanceof Number number)) {
        throw new JsonSyntaxException("An embedding holds something that is no number.");
      }
      vector[index] = number.floatValue();
    }
    return vector;
  }

  @Override
  public String toString() {
    return "EmbeddingsModel(" + model + ", " + transport + ")";
  }
}
