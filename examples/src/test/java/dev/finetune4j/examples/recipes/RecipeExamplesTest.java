package dev.finetune4j.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.token.TokenCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecipeExamplesTest {
  private final RecipeExamples examples = RecipeExamples.of(7);

  @Test
  void thereAreAsManyAsPromised() {
    assertThat(examples.training()).hasSize(1_500);
    assertThat(examples.validation()).hasSize(100);
    assertThat(examples.test()).hasSize(100);
    assertThat(examples.neverSeen()).hasSize(20);
  }

  @Test
  void theSameSeedGivesTheSameExamples() {
    assertThat(RecipeExamples.of(7)).isEqualTo(examples);
    assertThat(RecipeExamples.of(8)).isNotEqualTo(examples);
  }

  @Test
  void noAnswerStandsInTwoSets() {
    List<String> all = new ArrayList<>();
    all.addAll(examples.training().stream().map(RecipeExample::assistant).toList());
    all.addAll(examples.validation().stream().map(RecipeExample::assistant).toList());
    all.addAll(examples.test().stream().map(RecipeExample::assistant).toList());

    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void everyIngredientOfAnAnswerStandsInItsQuestion() {
    for (RecipeExample example : examples.test()) {
      for (String name : names(example)) {
        assertThat(example.user()).contains(name);
      }
    }
  }

  @Test
  void ingredientsNeverSeenOccurInNoOtherSet() {
    Set<String> known = new HashSet<>();
    examples.training().forEach(example -> known.addAll(names(example)));
    examples.test().forEach(example -> known.addAll(names(example)));

    for (RecipeExample example : examples.neverSeen()) {
      assertThat(names(example)).doesNotContainAnyElementsOf(known);
    }
  }

  @Test
  void theLongestExpectedAnswerFitsTwiceIntoWhatTheBaseMaySay(@TempDir Path directory) {
    List<RecipeExample> all = new ArrayList<>(examples.training());
    all.addAll(examples.test());
    all.addAll(examples.neverSeen());
    try (LocalProvider provider = LocalProvider.builder(directory).build()) {
      TokenCounter tokens = provider.tokenCounter(LocalProvider.TINY);

      long longest =
          all.stream().mapToLong(example -> tokens.count(example.assistant())).max().orElseThrow();

      assertThat(longest).isBetween(30L, RecipePlan.LONGEST_ANSWER / 2L);
    }
  }

  private static List<String> names(RecipeExample example) {
    String list = example.assistant();
    return List.of(list.substring(2, list.length() - 2).split("\", \"", -1));
  }
}
