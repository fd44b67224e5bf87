package dev.finetune4j.local.internal.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Frees every tensor that its code made in this thread, when that code ends, except tensors that
 * were kept.
 *
 * <p>Without a scope native memory waits for the garbage collector, which does not see how large it
 * is.
 */
public final class Scope {
  private Scope() {}

  /** Runs with gradients as they are set. */
  public static void run(Runnable code) {
    get(
        () -> {
          code.run();
          return true;
        });
  }

  /** Runs and returns something that is no native object, or one that was kept. */
  @SuppressWarnings("try") // The resource is its effect, not its value.
  public static <T> T get(Supplier<T> code) {
    try (PointerScope scope = new PointerScope()) {
      return code.get();
    }
  }

  /** Runs without recording a graph for gradients. */
  @SuppressWarnings("try") // The resources are their effect, not their value.
  public static <T> T withoutGradients(Supplier<T> code) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      return code.get();
    }
  }

  /** Runs and keeps the result, which the caller must close; everything else is freed. */
  public static <P extends Pointer> P keep(Supplier<P> code) {
    return withoutGradients(() -> Tensors.kept(code.get()));
  }
}
