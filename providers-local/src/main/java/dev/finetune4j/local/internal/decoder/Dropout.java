package dev.finetune4j.local.internal.decoder;

import dev.finetune4j.local.internal.tensor.Tensors;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Sets a share of the inputs of a low-rank update to zero, by a generator of its own. For one
 * thread.
 *
 * <p>libtorch's common generator is shared by all threads, so what it draws depends on who comes
 * first; this one is seeded anew for every micro-batch, and a resumed job draws what the
 * undisturbed one drew.
 */
public final class Dropout {
  private final double share;
  private final @Nullable Generator generator;
  private boolean active;

  /**
   * Starts inactive.
   *
   * @param share the share of inputs set to zero, from 0 to below 1
   */
  public Dropout(double share) {
    this.share = share;
    this.generator = share > 0 ? Tensors.kept(torch.make_generator_cpu(0)) : null;
  }

  /** One that never changes anything. */
  public static Dropout none() {
    return new Dropout(0);
  }

  /** Drops from now on, by the numbers that follow from this seed. */
  public void start(long seed) {
    if (generator != null) {
      generator.set_current_seed(seed);
      active = true;
    }
  }

  /** Passes everything from now on. */
  public void stop() {
    active = false;
  }

  Tensor apply(Tensor input) {
    if (!active || generator == null) {
      return input;
    }
    Tensor kept = torch.empty_like(input).bernoulli_(1 - share, new GeneratorOptional(generator));
    return input.mul(kept.div_(Tensors.scalar(1 - share)));
  }
}
