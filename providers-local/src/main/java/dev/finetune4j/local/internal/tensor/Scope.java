package dev.finetune4j.local.internal.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Frees the tensors that a piece of code creates in this thread when the code ends, except those
 * that were kept.
 *
 * <p>Without a scope, native memory waits for the garbage collector, which does not know its size.
 */
public final class Scope {
  private Scope() {}

  /** Runs code without changing whether gradients are recorded. */
  public static void run(Runnable code) {
    get(
        () -> {
          code.run();
          return true;
        });
  }

  /** Runs code and returns its result, which must not be native unless it was kept. */
  @SuppressWarnings("try") // The resource is its effect, not its value.
  public static <T> T get(Supplier<T> code) {
    try (PointerScope scope = new PointerScope()) {
      return code.get();
    }
  }

  /** Runs code without recording gradients. */
  @SuppressWarnings("try") // The resources are their effect, not their value.
  public static <T> T withoutGradients(Supplier<T> code) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      return code.get();
    }
  }

  /** Runs code and keeps its result, which the caller must close; frees everything else. */
  public static <P extends Pointer> P keep(Supplier<P> code) {
    return withoutGradients(() -> Tensors.kept(code.get()));
  }
}
