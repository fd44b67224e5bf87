import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** Something that asks a question and returns the answer's text, timed in the same way for all. */
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
   * Asks with each in turn, call by call, so that whatever else the machine does meets them all, and
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
      // In another order each time, so that none has the better neighbour.
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
