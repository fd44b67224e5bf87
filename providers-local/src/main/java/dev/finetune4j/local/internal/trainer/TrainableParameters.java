package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.adapter.LowRankSettings;
import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.ParameterNames;
import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * Everything that training moves, in one flat tensor, so that the optimiser and the sum of
 * gradients are a few operations.
 *
 * <p>Weights that decay come first. Changed by the training thread only; the lanes hold views of
 * it.
 */
final class TrainableParameters implements AutoCloseable {
  /** The part of an adapter's names that marks the narrow matrix. */
  static final String DOWN = ".lora_A.weight";

  /** The part of an adapter's names that marks the wide matrix. */
  static final String UP = ".lora_B.weight";

  /** One parameter's place in the flat tensor. */
  record Slice(String name, List<Long> shape, long offset) {
    long count() {
      return shape.stream().reduce(1L, (a, b) -> a * b);
    }

    Tensor of(Tensor flat) {
      return flat.narrow(0, offset, count())
          .view(shape.stream().mapToLong(Long::longValue).toArray());
    }
  }

  private final Tensor values;
  private final List<Slice> slices;
  private final long decayedCount;

  private TrainableParameters(Layout layout) {
    this.slices = layout.slices;
    this.decayedCount = layout.decayed;
    this.values = Scope.keep(() -> Tensors.zeros(layout.total));
  }

  /** All weights of the base. */
  static TrainableParameters full(BaseModel base) {
    Layout layout = new Layout();
    Map<String, long[]> shapes = ParameterNames.shapes(base.configuration());
    shapes.forEach((name, shape) -> layout.addIf(shape.length > 1, name, shape));
    layout.decayed = layout.total;
    shapes.forEach((name, shape) -> layout.addIf(shape.length == 1, name, shape));
    TrainableParameters parameters = new TrainableParameters(layout);
    for (Slice slice : layout.slices) {
      parameters.set(slice, base.weights().tensor(slice.name()));
    }
    return parameters;
  }

  /**
   * A new adapter: the narrow matrices drawn by the seed, the wide ones zero, so that it changes
   * nothing yet.
   */
  static TrainableParameters lowRank(BaseModel base, LowRankSettings settings, long seed) {
    Layout layout = new Layout();
    List<String> modules = ParameterNames.linears(base.configuration(), settings.modules());
    for (String module : modules) {
      long[] shape = ParameterNames.linearShape(base.configuration(), module);
      layout.addIf(true, module + DOWN, new long[] {settings.rank(), shape[1]});
      layout.addIf(true, module + UP, new long[] {shape[0], settings.rank()});
    }
    layout.decayed = layout.total;
    TrainableParameters parameters = new TrainableParameters(layout);
    SplittableRandom random = new SplittableRandom(seed);
    for (Slice slice : layout.slices) {
      if (slice.name().endsWith(DOWN)) {
        parameters.draw(slice, random.split());
      }
    }
    return parameters;
  }

  private void draw(Slice slice, SplittableRandom random) {
    double bound = 1 / Math.sqrt((double) slice.shape().get(1));
    float[] numbers = new float[Math.toIntExact(slice.count())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextDouble(-bound, bound);
    }
    Scope.run(
        () -> set(slice, Tensors.ofFloats(numbers, slice.shape().get(0), slice.shape().get(1))));
  }

  /** Replaces the numbers of one parameter. */
  void set(String name, Tensor source) {
    slices.stream().filter(slice -> slice.name().equals(name)).forEach(slice -> set(slice, source));
  }

  private void set(Slice slice, Tensor source) {
    Scope.withoutGradients(() -> slice.of(values).copy_(source));
  }

  Tensor values() {
    return values;
  }

  List<Slice> slices() {
    return slices;
  }

  long count() {
    return values.numel();
  }

  /** How many of the first numbers are pulled towards zero by weight decay. */
  long decayedCount() {
    return decayedCount;
  }

  @Override
  public void close() {
    Tensors.free(values);
  }

  private static final class Layout {
    private final List<Slice> slices = new ArrayList<>();
    private long total;
    private long decayed;

    private void addIf(boolean wanted, String name, long[] shape) {
      if (wanted) {
        Slice slice = new Slice(name, Arrays.stream(shape).boxed().toList(), total);
        slices.add(slice);
        total += slice.count();
      }
    }
  }
}
