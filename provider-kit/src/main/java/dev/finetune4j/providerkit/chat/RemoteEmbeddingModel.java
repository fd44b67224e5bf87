package dev.finetune4j.providerkit.chat;

import dev.finetune4j.inference.EmbeddingModel;
import dev.finetune4j.inference.Embeddings;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.providerkit.ApiRequest;
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
public final class RemoteEmbeddingModel implements EmbeddingModel {
  private static final int TEXTS_PER_REQUEST = 1_000;

  private final HttpTransport transport;
  private final String model;

  private RemoteEmbeddingModel(HttpTransport transport, String model) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.model = Objects.requireNonNull(model, "model");
  }

  /** Returns the model of that name. */
  public static RemoteEmbeddingModel of(HttpTransport transport, String model) {
    return new RemoteEmbeddingModel(transport, model);
  }

  @Override
  public Embeddings embed(List<String> texts) {
    List<float[]> vectors = new ArrayList<>();
    TokenUsage usage = TokenUsage.NONE;
    for (int from = 0; from < texts.size(); from += TEXTS_PER_REQUEST) {
      List<String> some = texts.subList(from, Math.min(texts.size(), from + TEXTS_PER_REQUEST));
      JsonObject body =
          JsonObject.empty().put("model", model).put("input", some).put("encoding_format", "float");
      Embeddings part =
          transport
              .send(
                  ApiRequest.post("embeddings")
                      .json(body)
                      .idempotency(Idempotency.SAFE)
                      .pacedBy(model))
              .json(answer -> read(answer, some.size()));
      vectors.addAll(part.vectors());
      usage = usage.plus(part.usage());
    }
    return new Embeddings(vectors, usage);
  }

  private static Embeddings read(JsonObject answer, int expected) {
    long tokens =
        answer.findObject("usage").orElse(JsonObject.empty()).findLong("prompt_tokens").orElse(0);
    return new Embeddings(vectors(answer, expected), new TokenUsage(tokens, 0));
  }

  private static List<float[]> vectors(JsonObject answer, int expected) {
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
    return "RemoteEmbeddingModel(" + model + ", " + transport + ")";
  }
}
