package dev.finetune4j.local.internal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.local.internal.tokenizer.TokenSequence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchPlanTest {
  @Test
  void everyItemIsSeenOnceAnEpochInAnotherOrder() {
    BatchPlan plan = new BatchPlan(10, 4, 7);

    int[] first = IntStream.range(0, 3).flatMap(step -> Arrays.stream(plan.batch(step))).toArray();
    int[] second = IntStream.range(3, 6).flatMap(step -> Arrays.stream(plan.batch(step))).toArray();

    assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(second).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void groupsHoldEveryItemOnceAndKeepToTheLimit() {
    List<TrainingItem> items =
        IntStream.rangeClosed(1, 37).mapToObj(i -> item(i * 7 % 50 + 2)).toList();

    List<List<TrainingItem>> groups = BatchPlan.groups(items, 8, 2);

    assertThat(groups.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(items);
    assertThat(groups).allSatisfy(group -> assertThat(group).hasSizeBetween(1, 8));
  }

  @Test
  void theWorkOfTwoGroupsIsAboutEqual() {
    List<TrainingItem> items = IntStream.rangeClosed(1, 16).mapToObj(i -> item(i * 10)).toList();

    List<List<TrainingItem>> groups = BatchPlan.groups(items, 16, 2);

    int first = groups.get(0).stream().mapToInt(TrainingItem::tokenCount).sum();
    assertThat(groups).hasSize(2);
    assertThat(first).isBetween(680, 840);
  }

  @Test
  void fewerItemsThanWorkersMakeFewerGroups() {
    assertThat(BatchPlan.groups(List.of(item(3)), 8, 4)).hasSize(1);
  }

  private static TrainingItem item(int length) {
    return TrainingItem.of(TokenSequence.allTrained(new int[length]));
  }
}
