package dev.finetune4j.local.internal.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which items each step trains on: each epoch has its own order, determined by the seed. Immutable.
 */
final class BatchPlan {
  private final int items;
  private final int batchSize;
  private final long seed;

  BatchPlan(int items, int batchSize, long seed) {
    this.items = items;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  int stepsPerEpoch() {
    return (items + batchSize - 1) / batchSize;
  }

  /** Returns the indexes of a step's items; steps count from 0 over all epochs. */
  int[] batch(int step) {
    int epoch = step / stepsPerEpoch();
    int from = step % stepsPerEpoch() * batchSize;
    int[] order = order(epoch);
    int[] batch = new int[Math.min(batchSize, items - from)];
    System.arraycopy(order, from, batch, 0, batch.length);
    return batch;
  }

  private int[] order(int epoch) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
    int[] order = new int[items];
    for (int i = 0; i < items; i++) {
      int at = random.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
    return order;
  }

  /**
   * Cuts items into groups of about equal work and similar length, so that little is spent on
   * padding.
   *
   * @param maximumItems the most items in one group
   * @param multiple the number of groups is a multiple of this if there are enough items
   */
  static List<List<TrainingItem>> groups(List<TrainingItem> items, int maximumItems, int multiple) {
    List<TrainingItem> sorted = new ArrayList<>(items);
    sorted.sort((a, b) -> Integer.compare(b.length(), a.length()));
    int atLeast = (items.size() + maximumItems - 1) / maximumItems;
    int count = Math.min(items.size(), (atLeast + multiple - 1) / multiple * multiple);
    long total = sorted.stream().mapToLong(TrainingItem::tokenCount).sum();
    List<List<TrainingItem>> groups = new ArrayList<>();
    List<TrainingItem> group = new ArrayList<>();
    long done = 0;
    for (int i = 0; i < sorted.size(); i++) {
      group.add(sorted.get(i));
      done += sorted.get(i).tokenCount();
      boolean full = group.size() == maximumItems || done * count >= total * (groups.size() + 1);
      if (full || sorted.size() - i - 1 == count - groups.size() - 1) {
        groups.add(group);
        group = new ArrayList<>();
      }
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }
}
