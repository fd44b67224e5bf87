package dev.finetune4j.local.internal.generation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Chooses the next token from scores. For one answer. */
final class Sampler {
  private final double temperature;
  private final double topP;
  private final SplittableRandom random;

  Sampler(GenerationRequest request) {
    this.temperature = request.temperature();
    this.topP = request.topP();
    this.random = new SplittableRandom(request.seed());
  }

  int choose(float[] scores) {
    int best = likeliest(scores);
    return temperature < 1e-6 ? best : draw(probabilities(scores, scores[best]));
  }

  private static int likeliest(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }

  private double[] probabilities(float[] scores, float highest) {
    double[] weights = new double[scores.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp((scores[i] - highest) / temperature);
    }
    double total = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= total;
    }
    return weights;
  }

  private int draw(double[] probabilities) {
    if (topP >= 1) {
      return draw(probabilities, IntStream.range(0, probabilities.length).toArray(), 1);
    }
    int[] order =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double reached = 0;
    int count = 0;
    while (count < order.length && reached < topP) {
      reached += probabilities[order[count++]];
    }
    return draw(probabilities, Arrays.copyOf(order, count), reached);
  }

  private int draw(double[] probabilities, int[] candidates, double total) {
    double at = random.nextDouble() * total;
    for (int candidate : candidates) {
      at -= probabilities[candidate];
      if (at < 0) {
        return candidate;
      }
    }
    return candidates[candidates.length - 1];
  }
}
