package dev.finetune4j.evaluation;

/**
 * How many questions may be under way: one more for each answer until the service refuses for the
 * first time, then one more for each full round, and half after a refusal. Used by one thread.
 */
final class ConcurrencyWindow {
  private static final double FIRST = 2;

  private final int most;
  private double size;
  private boolean isSearching;
  private long lastHalving;

  private ConcurrencyWindow(int most, double size) {
    this.most = most;
    this.size = size;
    this.isSearching = true;
  }

  /** Returns a window that begins at its most. */
  static ConcurrencyWindow startingAt(int most) {
    return new ConcurrencyWindow(most, most);
  }

  /** Returns a window that finds out how many the service takes. */
  static ConcurrencyWindow upTo(int most) {
    return new ConcurrencyWindow(most, Math.min(most, FIRST));
  }

  int size() {
    return (int) size;
  }

  /** Widens the window after an answer, if it was used to the full. */
  void answered(int underWay) {
    if (underWay + 1 >= size()) {
      size = Math.min(most, size + (isSearching ? 1 : 1 / size));
    }
  }

  /**
   * Halves the window after a refusal; the refusals of questions that were under way at the last
   * halving say nothing new.
   *
   * @param number the place of the refused question among all that were asked
   * @param newest the place of the newest question
   */
  void refused(long number, long newest) {
    isSearching = false;
    if (number > lastHalving) {
      lastHalving = newest;
      size = Math.max(1, size / 2);
    }
  }
}
