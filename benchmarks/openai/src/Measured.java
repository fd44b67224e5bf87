import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** Asks a question and returns the text of the answer; all implementations are timed in the same way. */
final class Measured {
  private static final int WARM_UP = 8_000;
  private static final int CALLS = 20_000;

  private Measured() {}

  /** Prints the time from the start of the JVM to the first answer. */
  static void first(String name, Callable<String> call) throws Exception {
    require(call.call());
    long started = java.lang.management.ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.println(name + " " + (System.currentTimeMillis() - started));
  }

  static void require(String text) {
    if (!text.contains("flour, sugar, eggs")) {
      throw new IllegalStateException("another answer: " + text);
    }
  }

  /**
   * Alternates between them call by call, so that other work on the machine affects all of them, and
   * prints quantiles of the time of one call.
   */
  static void warm(String[] names, Callable<String>[] calls) throws Exception {
    double[][] micros = new double[calls.length][CALLS];
    Random chance = new Random(1);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < calls.length; i++) {
      order.add(i);
    }
    for (int round = -WARM_UP; round < CALLS; round++) {
      // In a different order each time, so that no one always follows the same other one.
      Collections.shuffle(order, chance);
      for (int which : order) {
        long begin = System.nanoTime();
        require(calls[which].call());
        if (round >= 0) {
          micros[which][round] = (System.nanoTime() - begin) / 1e3;
        }
      }
    }
    for (int i = 0; i < calls.length; i++) {
      java.util.Arrays.sort(micros[i]);
      System.out.printf(
          "%-12s 10%% %.1f us, 25%% %.1f us, median %.1f us%n",
          names[i], micros[i][CALLS / 10], micros[i][CALLS / 4], micros[i][CALLS / 2]);
    }
  }
}
