package dev.finetune4j.local.internal.decoder;

import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Cosines and signed sines of all positions. May be read by several threads; holds native memory
 * until closed.
 */
public final class RotaryTable implements AutoCloseable {
  private final Tensor cosines;
  private final Tensor sines;

  /** Computes the table: two floats per position and column. */
  public RotaryTable(RotarySettings settings, int headDimension) {
    int positions = settings.maximumPositions();
    int half = headDimension / 2;
    float[] cosine = new float[positions * headDimension];
    float[] sine = new float[positions * headDimension];
    for (int pair = 0; pair < half; pair++) {
      // The reference computes frequency and angle in single precision, and so must we to stay
      // equal at far positions.
      float frequency = (float) settings.frequency(pair, headDimension);
      for (int position = 0; position < positions; position++) {
        float angle = position * frequency;
        int at = position * headDimension + pair;
        cosine[at] = (float) Math.cos(angle);
        cosine[at + half] = cosine[at];
        sine[at + half] = (float) Math.sin(angle);
        sine[at] = -sine[at + half];
      }
    }
    cosines = Scope.keep(() -> Tensors.ofFloats(cosine, positions, headDimension));
    sines = Scope.keep(() -> Tensors.ofFloats(sine, positions, headDimension));
  }

  /** The rows of the positions from 0 on, for inputs of (batch, position, head, width). */
  Rows first(long count) {
    return new Rows(
        cosines.narrow(0, 0, count).unsqueeze(1), sines.narrow(0, 0, count).unsqueeze(1));
  }

  /** One row for each member of a batch, for inputs of (batch, 1, head, width). */
  Rows at(Tensor positions) {
    return new Rows(row(cosines, positions), row(sines, positions));
  }

  private static Tensor row(Tensor table, Tensor positions) {
    return table.index_select(0, positions).unsqueeze(1).unsqueeze(1);
  }

  @Override
  public void close() {
    Tensors.free(cosines);
    Tensors.free(sines);
  }

  /** What turns queries and keys: x * cosine + (x with its halves exchanged) * signed sine. */
  record Rows(Tensor cosine, Tensor sine) {
    Tensor turn(Tensor input) {
      long half = input.size(3) / 2;
      Tensor exchanged = torch.roll(input, new long[] {half}, new long[] {3});
      return torch.addcmul(input.mul(cosine), exchanged, sine);
    }
  }
}
