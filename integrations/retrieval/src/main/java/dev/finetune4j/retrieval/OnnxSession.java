package dev.finetune4j.retrieval;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sentence embedding model in ONNX format. The only class that runs ONNX Runtime. Thread-safe.
 */
final class OnnxSession {
  private static final List<String> INPUTS =
      List.of("input_ids", "attention_mask", "token_type_ids");

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final boolean firstToken;

  private OnnxSession(Path file, boolean firstToken) throws OrtException {
    this.firstToken = firstToken;
    this.session = environment.createSession(file.toString());
    for (String input : session.getInputNames()) {
      if (!INPUTS.contains(input)) {
        throw new IllegalArgumentException(
            file
                + " wants the input \""
                + input
                + "\"; a model of sentences takes "
                + INPUTS
                + ".");
      }
    }
  }

  /**
   * Loads the model.
   *
   * @throws IllegalArgumentException if the file is not a sentence embedding model
   */
  static OnnxSession open(Path file, boolean firstToken) {
    try {
      return new OnnxSession(file, firstToken);
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          file + " cannot be loaded by ONNX Runtime: " + e.getMessage(), e);
    }
  }

  List<float[]> vectors(TextTokenizer.Batch batch) throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      for (String name : session.getInputNames()) {
        inputs.put(name, OnnxTensor.createTensor(environment, rows(name, batch)));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return pooled(result, batch);
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static long[][] rows(String input, TextTokenizer.Batch batch) {
    return switch (input) {
      case "input_ids" -> batch.ids();
      case "attention_mask" -> batch.mask();
      default -> batch.types();
    };
  }

  /** Picks the first output with vectors of texts or tokens; the model may have other outputs. */
  private List<float[]> pooled(OrtSession.Result result, TextTokenizer.Batch batch)
      throws OrtException {
    for (Map.Entry<String, OnnxValue> output : result) {
      Object value = output.getValue().getValue();
      if (value instanceof float[][][] tokens) {
        List<float[]> vectors = new ArrayList<>();
        long[][] mask = batch.mask();
        for (int text = 0; text < tokens.length; text++) {
          vectors.add(normal(firstToken ? tokens[text][0] : mean(tokens[text], mask[text])));
        }
        return vectors;
      } else if (value instanceof float[][] texts) {
        List<float[]> vectors = new ArrayList<>();
        for (float[] text : texts) {
          vectors.add(normal(text));
        }
        return vectors;
      }
    }
    throw new IllegalStateException(
        "The model's outputs "
            + session.getOutputNames()
            + " are vectors neither of texts nor of tokens.");
  }

  private static float[] mean(float[][] tokens, long[] mask) {
    float[] mean = new float[tokens[0].length];
    int count = 0;
    for (int token = 0; token < tokens.length; token++) {
      if (mask[token] != 0) {
        count++;
        for (int i = 0; i < mean.length; i++) {
          mean[i] += tokens[token][i];
        }
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= Math.max(1, count);
    }
    return mean;
  }

  private static float[] normal(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float length = (float) Math.sqrt(squares);
    float[] normal = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      normal[i] = length == 0 ? 0 : vector[i] / length;
    }
    return normal;
  }

  void close() throws IOException {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IOException("The model could not be closed.", e);
    }
  }
}
