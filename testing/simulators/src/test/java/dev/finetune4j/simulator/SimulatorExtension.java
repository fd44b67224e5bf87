package dev.finetune4j.simulator;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts a simulator before each test and closes it afterwards.
 *
 * <pre>{@code
 * final FakeClock time = new FakeClock();
 *
 * @RegisterExtension
 * final SimulatorExtension<SimulatedOpenAi> openAi =
 *     SimulatorExtension.of(() -> SimulatedOpenAi.builder().time(time).start());
 * }</pre>
 *
 * <p>Belongs to one test at a time.
 */
public final class SimulatorExtension<S extends AutoCloseable>
    implements BeforeEachCallback, AfterEachCallback {
  private final Supplier<S> start;
  private @Nullable S running;

  private SimulatorExtension(Supplier<S> start) {
    this.start = start;
  }

  /** Makes the extension; {@code start} is called once for each test. */
  public static <S extends AutoCloseable> SimulatorExtension<S> of(Supplier<S> start) {
    return new SimulatorExtension<>(start);
  }

  /**
   * Returns the simulator of the running test.
   *
   * @throws IllegalStateException outside of a test
   */
  public S simulator() {
    if (running == null) {
      throw new IllegalStateException("The simulator runs during a test only.");
    }
    return running;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    running = start.get();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (running != null) {
      running.close();
      running = null;
    }
  }
}
